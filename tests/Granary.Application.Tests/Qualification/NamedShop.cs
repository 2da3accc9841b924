using Granary.Application.Opportunities;
using Granary.Application.Qualification.Named;

namespace Granary.Application.Tests.Qualification;

/// <summary>Named accounts in a shop.</summary>
internal static class NamedShop
{
    extension(Shop shop)
    {
        public NamedKnowledge Knowing => new(DealsOfAccount.Of);

        public NamedVerb Naming => new(shop.Store, shop.Settings, shop.Knowing, shop.Time);

        public SaveNamedList Lists => new(shop.Store, shop.Settings, shop.Time);

        public ReadNamed NamedReading => new(shop.Store, shop.Settings, shop.Knowing, shop.Time);
    }
}
