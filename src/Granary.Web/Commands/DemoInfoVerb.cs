using System.CommandLine;
using Granary.Web.Hosting;

namespace Granary.Web.Commands;

/// <summary><c>demo-info</c>: where the demo is, who can sign in, and a key.</summary>
internal static class DemoInfoVerb
{
    public static Verb Make()
    {
        var command = new Command("demo-info", "Print the demo's address, sign-ins by role and an API key.");
        command.SetAction(_ => { });
        return new Verb(command, async (_, place, ct) =>
        {
            var folder = place.Services.GetRequiredService<DataFolder>();
            if (DemoSheet.Read(folder) is not { } demo)
            {
                await place.Error.WriteLineAsync($"There is no demo organisation in {folder.Directory}. Start with --demo on an empty folder.");
                return 1;
            }

            var address = folder.Card?.Address ?? place.Services.GetRequiredService<IConfiguration>()["urls"];
            await place.Out.WriteLineAsync($"address={address}");
            foreach (var person in demo.SignIns)
            {
                await place.Out.WriteLineAsync($"{person.Role}: {person.Email} / {person.Password}");
            }

            await place.Out.WriteLineAsync($"key={demo.Key}");
            return 0;
        });
    }
}
