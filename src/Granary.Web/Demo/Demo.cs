using Granary.Application.Demo;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.Demo;

/// <summary>Makes the demo organisation before the first request and says how to get in.</summary>
public static class Demo
{
    /// <summary>Registers what <c>--demo</c> does.</summary>
    public static void AddDemo(this IServiceCollection services) => services.AddSingleton<DemoSeed>(Seed);

    private static async Task Seed(IServiceProvider services, CancellationToken ct)
    {
        var folder = services.GetRequiredService<DataFolder>();
        var settings = services.GetRequiredService<SettingCache>();
        var demo = new DemoOrganisation(services.GetRequiredService<Store>(), services.GetRequiredService<Vault>(), settings, services.GetRequiredService<TimeProvider>());
        Console.WriteLine("Preparing the demo organisation…");
        if (await demo.Make(new Percent(), ct) is { } people)
        {
            var administrator = people.Single(p => p.Role == BuiltInRoles.Administrator);
            var key = await new CreateApiKey(settings, services.GetRequiredService<TimeProvider>()).ForEmail(administrator.Email, "demo", ct);
            new DemoSheet([.. people.Select(p => new DemoSignIn(p.Role, p.Email, DemoOrganisation.Password))], key!.Key).Keep(folder);
        }

        foreach (var person in DemoSheet.Read(folder)?.SignIns ?? [])
        {
            Console.WriteLine($"  {person.Role,-22} {person.Email,-28} {person.Password}");
        }
    }

    private sealed class Percent : IProgress<int>
    {
        private int _shown;

        public void Report(int value)
        {
            if (value >= _shown + 10)
            {
                _shown = value - (value % 10);
                Console.WriteLine($"  {_shown} %");
            }
        }
    }
}
