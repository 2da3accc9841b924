using System.CommandLine;

namespace Granary.Web.Commands;

/// <summary><c>migrate</c>: brings the schema up to date, as every start does.</summary>
internal static class MigrateVerb
{
    public static Verb Make()
    {
        var migrate = new Command("migrate", "Bring the schema up to date and end.");
        migrate.SetAction(_ => { });
        return new Verb(migrate, async (_, place, _) =>
        {
            // Whoever carries this out has opened the house, and with it migrated.
            await place.Out.WriteLineAsync("The schema is up to date.");
            return 0;
        });
    }
}
