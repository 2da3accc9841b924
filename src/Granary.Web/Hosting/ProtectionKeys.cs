using System.Xml.Linq;
using Granary.Application.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Hosting;

/// <summary>Keys of cookies and form tokens, in the database so that every node has them, sealed by the vault.</summary>
internal sealed class ProtectionKeys(Store store, House house) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = store.Open();
        return db.Set<ProtectionKey>().AsNoTracking().Select(k => k.Xml).ToList().ConvertAll(x => XElement.Parse(house.Vault.Open(x)));
    }

    // The framework's interface is synchronous; it writes a key every 90 days.
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => store.Write(scope =>
        {
            scope.Db.Add(new ProtectionKey { Name = friendlyName, Xml = house.Vault.Seal(element.ToString(SaveOptions.DisableFormatting)) });
            return scope.Db.SaveChangesAsync();
        })).GetAwaiter().GetResult();
}
