using System.CommandLine;
using System.Globalization;
using Granary.Application.Privacy;
using Granary.Web.Commands;

namespace Granary.Web.Privacy;

/// <summary><c>rotate-keys</c>: changes the keys of contact data while the product runs.</summary>
internal static class RotateKeysVerb
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static Verb Make()
    {
        var master = new Option<bool>("--master") { Description = "Wrap the data keys with a new master key instead." };
        var prepare = new Option<bool>("--prepare") { Description = "With --master: only make the new master key's file, to be copied to every node first." };
        var noWait = new Option<bool>("--no-wait") { Description = "End when everything is sealed anew; the older keys are deleted a minute later by the server." };
        var rotate = new Command("rotate-keys", "Make a new data key, seal everything anew with it, and delete the older ones; or go on with a change that was interrupted.") { master, prepare, noWait };
        rotate.SetAction(_ => { });
        rotate.Validators.Add(result =>
        {
            if (result.GetValue(prepare) && !result.GetValue(master))
            {
                result.AddError("--prepare belongs to --master.");
            }
        });
        return new Verb(rotate, (parse, place, ct) =>
            !parse.GetValue(master) ? Data(place, parse.GetValue(noWait), ct)
            : parse.GetValue(prepare) ? Prepared(place)
            : Master(place, ct));
    }

    private static async Task<int> Data(Workplace place, bool noWait, CancellationToken ct)
    {
        var rotate = place.Services.GetRequiredService<RotateKeys>();
        var time = place.Services.GetRequiredService<TimeProvider>();
        var begun = await rotate.Begin(null, ct);
        await place.Out.WriteLineAsync($"key={begun.Id}");
        for (var told = -1L; ;)
        {
            // Another node may have it: then this one watches.
            await rotate.Work(Tell, ct);
            var now = (await rotate.Latest(ct))!;
            Tell(now);
            if (now.EndedAt is not null)
            {
                await place.Out.WriteLineAsync("older keys deleted");
                return 0;
            }

            if (now is { Broken: > 0, SealedAt: null } && now.LeaseUntil > time.GetUtcNow() + RotateKeys.Settling)
            {
                await place.Error.WriteLineAsync($"{now.Broken} values cannot be opened by any key; the older keys are kept. Restore these rows from a backup, or delete them, and run rotate-keys again.");
                return 1;
            }

            if (now.SealedAt is { } done && noWait)
            {
                await place.Out.WriteLineAsync($"older keys are deleted after {(done + RotateKeys.Settling).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}");
                return 0;
            }

            await Task.Delay(Look, time, ct);

            void Tell(KeyRotation at)
            {
                // A line for each hundredth, and for the last.
                var hundredths = at.Total == 0 ? 100 : 100 * at.Done / at.Total;
                if (hundredths > told)
                {
                    told = hundredths;
                    place.Out.WriteLine($"sealed={at.Done} of={at.Total}");
                }
            }
        }
    }

    private static async Task<int> Prepared(Workplace place)
    {
        var file = place.Services.GetRequiredService<RewrapKeys>().Prepare();
        await place.Out.WriteLineAsync($"{file}\nCopy it to the keys folder of every node, then run rotate-keys --master.");
        return 0;
    }

    private static async Task<int> Master(Workplace place, CancellationToken ct)
    {
        var keys = await place.Services.GetRequiredService<RewrapKeys>().Run(ct);
        await place.Out.WriteLineAsync($"wrapped={keys}\nThe new master key is in force. Where it was given as Granary:NextMasterKey, give it as Granary:MasterKey from the next start on.");
        return 0;
    }
}
