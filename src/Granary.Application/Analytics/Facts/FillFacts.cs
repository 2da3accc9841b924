using Granary.Application.Storage;

namespace Granary.Application.Analytics.Facts;

/// <summary>Puts facts that are known at once, set-wise, and what they contribute; of leads that have none yet.</summary>
public sealed class FillFacts(Store store)
{
    /// <summary>Puts them in one transaction.</summary>
    public Task Put(IReadOnlyList<LeadFact> leads, IReadOnlyList<DealFact> deals, IReadOnlyList<WorkFact> work, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            await WriteSheets.Alone(scope, ct);
            var book = new CellBook();
            foreach (var fact in leads)
            {
                book.Add(fact);
            }

            foreach (var fact in deals)
            {
                book.Add(fact);
            }

            foreach (var fact in work)
            {
                book.Add(fact);
            }

            await scope.Insert().Add(leads).Add(deals).Add(work).Send(ct);
            await WriteSheets.Of(scope, book, ct);
        },
        ct);
}
