using System.CommandLine;
using Granary.Application.Analytics;
using Granary.Application.Analytics.Facts;
using Granary.Web.Commands;

namespace Granary.Web.Analytics;

/// <summary><c>verify-reports</c>: recounts facts and rollups of reports from the event log and the tables, and names what differs.</summary>
internal static class VerifyReportsVerb
{
    private const int Named = 100;

    public static Verb Make()
    {
        var verify = new Command("verify-reports", "Recount what reports know from the event log and the tables, compare it to the last digit, and end with 1 when anything differs.");
        verify.SetAction(_ => { });
        return new Verb(verify, async (_, place, ct) =>
        {
            // Without a server nobody else takes what is in the log by now.
            await place.Services.GetRequiredService<FactConsumer>().Run(ct);
            var check = await place.Services.GetRequiredService<VerifyReports>().Run(ct);
            await place.Out.WriteLineAsync($"leads={check.Leads}\nfacts={check.Facts}\ncells={check.Cells}\nwaiting={check.Waiting}\ndifferences={check.Differences.Count}");
            foreach (var one in check.Differences.Take(Named))
            {
                await place.Error.WriteLineAsync(one.What);
            }

            return check.Differences.Count == 0 ? 0 : 1;
        });
    }
}
