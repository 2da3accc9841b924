using System.CommandLine;
using Granary.Application.FollowUp;
using Granary.Application.Ownership.Recount;
using Granary.Application.Settings;
using Granary.Web.Commands;

namespace Granary.Web.FollowUp;

/// <summary><c>verify</c>: recounts every lead from the event log, looks at every timer, and names what differs.</summary>
internal static class VerifyVerb
{
    private const int Named = 100;

    public static Verb Make()
    {
        var verify = new Command("verify", "Recount all leads from the event log, compare them with the tables, check timers, and end with 1 when anything differs.");
        verify.SetAction(_ => { });
        return new Verb(verify, async (_, place, ct) =>
        {
            var recount = await place.Services.GetRequiredService<RecountLeads>().Run(ct);
            var timers = await place.Services.GetRequiredService<CheckTimers>().Run(ct);
            var pools = (await place.Services.GetRequiredService<SettingCache>().Get(ct)).Pools;
            var lying = recount.Pools.Select(p => ($"pool.{pools.Find(p.Key)?.Key ?? p.Key.ToString()}", p.Value)).OrderBy(p => p.Item1, StringComparer.Ordinal);
            foreach (var (name, count) in recount.States.Select(s => (s.Key.ToLowerInvariant(), s.Value)).Prepend(("leads", recount.Leads)).Concat(lying))
            {
                await place.Out.WriteLineAsync($"{name}={count}");
            }

            await place.Out.WriteLineAsync($"ownerships={recount.Ownerships}\ntimers={timers.Timers}\nwaiting={timers.Waiting}");
            Difference[] wrong = [.. recount.Nowhere.Select(id => new Difference(id, "nowhere: neither owner, pool nor tray, and not closed")), .. recount.Differences, .. timers.Differences];
            await place.Out.WriteLineAsync($"differences={wrong.Length}");
            foreach (var one in wrong.Take(Named))
            {
                await place.Error.WriteLineAsync($"{one.Id} {one.What}");
            }

            return wrong.Length == 0 ? 0 : 1;
        });
    }
}
