using System.CommandLine;
using Granary.Application.Privacy.Audit;
using Granary.Web.Commands;

namespace Granary.Web.Privacy;

/// <summary><c>verify-audit</c>: computes the chain of the event log anew and names the first fault.</summary>
internal static class VerifyAuditVerb
{
    public static Verb Make()
    {
        var noted = new Option<string?>("--noted") { Description = "The hash of a seal that was noted elsewhere; it must be in the chain." };
        noted.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string?>() is { } text && AuditNotes.Hex(text) is null)
            {
                given.AddError("--noted takes the 64 hexadecimal digits of a seal.");
            }
        });
        var command = new Command("verify-audit", "Seal the event log up to now, compute its whole chain anew, and end with 1 when anything was removed, changed, inserted or reordered.") { noted };
        command.SetAction(_ => { });
        return new Verb(command, async (parse, place, ct) =>
        {
            await place.Services.GetRequiredService<SealEvents>().Run(ct);
            var hash = parse.GetValue(noted) is { } text ? AuditNotes.Hex(text) : null;
            var report = await place.Services.GetRequiredService<CheckChain>().Run(hash, _ => Task.CompletedTask, ct);
            await place.Out.WriteLineAsync($"events={report.Events}\nseals={report.Seals}\nunsealed={report.Unsealed}");
            if (report.Fault is not { } fault)
            {
                await place.Out.WriteLineAsync("fault=none");
                return 0;
            }

            await place.Out.WriteLineAsync($"fault={Name(fault.Kind)}{(fault.Seal is { } seal ? $" seal={seal}" : "")}{(fault.Position is { } position ? $" position={position}" : "")}");
            return 1;
        });
    }

    /// <summary>A fault as it is written where programs read, such as <c>event_changed</c>.</summary>
    private static string Name(AuditFaultKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
