using Granary.Application.Capture.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>Confirms what an import is to do; from then on a node runs it.</summary>
public sealed class ConfirmImport(Store store, SettingCache settings, ImportFiles files, TimeProvider time)
{
    /// <summary>Keeps a plan with an import that is not confirmed, so that its difference can be shown.</summary>
    /// <returns>What is wrong with the plan; none when it was kept.</returns>
    public async Task<IReadOnlyList<FieldError>> Draft(ImportBatch import, ImportPlan plan, CancellationToken ct = default)
    {
        var (_, errors) = await Check(import, plan, ct);
        return errors.Count > 0 || await Take(import, plan, ImportState.Uploaded, _ => Task.CompletedTask, ct) ? errors : [NotOpen];
    }

    /// <summary>Confirms an import and remembers its mapping for files with the same headings.</summary>
    /// <returns>What is wrong with the plan; none when the import runs.</returns>
    /// <exception cref="UnusableFileException">The file cannot be imported.</exception>
    public async Task<IReadOnlyList<FieldError>> Confirm(ImportBatch import, ImportPlan plan, CancellationToken ct = default)
    {
        var (headings, errors) = await Check(import, plan, ct);
        if (errors.Count > 0)
        {
            return errors;
        }

        var key = KeyOf(headings);
        var confirmed = await Take(
            import,
            plan,
            ImportState.Running,
            async scope =>
            {
                if (await scope.Db.Set<RememberedMapping>().SingleOrDefaultAsync(m => m.Key == key, ct) is { } known)
                {
                    (known.Mapping, known.At) = (plan.Mapping.Write(), time.Now);
                }
                else
                {
                    scope.Db.Add(new RememberedMapping { Key = key, Mapping = plan.Mapping.Write(), At = time.Now });
                }

                var data = new { fileName = import.FileName, mode = plan.Mode, keyField = plan.KeyField };
                scope.Db.Add(ImportEvent.Of(import.Id, ImportEvent.Confirmed, time.Now, import.UserId == Guid.Empty ? null : import.UserId, data));
                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
        return confirmed ? [] : [NotOpen];
    }

    /// <summary>The key under which a mapping is remembered.</summary>
    internal static Guid KeyOf(IReadOnlyList<string> headings) => new(Convert.FromHexString(MappingFingerprint.Of(headings).AsSpan(0, 32)), true);

    // It was confirmed, or ended, meanwhile.
    private static FieldError NotOpen => new("state", "not_open");

    private async Task<(IReadOnlyList<string> Headings, IReadOnlyList<FieldError> Errors)> Check(ImportBatch import, ImportPlan plan, CancellationToken ct)
    {
        using var table = TableFile.Open(files.Open(import), import.FileName);
        var setting = await settings.Get(ct);
        return (table.Headings, plan.Validate(table.Headings, setting.Capture));
    }

    private Task<bool> Take(ImportBatch import, ImportPlan plan, ImportState state, Func<WriteScope, Task> along, CancellationToken ct)
    {
        var mapping = plan.Mapping.Write();
        return store.Write(
            async scope =>
            {
                var taken = await scope.Db.Set<ImportBatch>().Where(b => b.Id == import.Id && b.State == ImportState.Uploaded).ExecuteUpdateAsync(
                    b => b.SetProperty(x => x.Mapping, mapping).SetProperty(x => x.Mode, plan.Mode).SetProperty(x => x.KeyField, plan.KeyField).SetProperty(x => x.State, state),
                    ct);
                if (taken > 0)
                {
                    await along(scope);
                }

                return taken > 0;
            },
            ct);
    }
}
