using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>Ends protection whose days are over, and the wait of what nobody decided (§12); who asked and who looks after the partner are told.</summary>
public sealed class ExpireRegistrations(Store store, TimeProvider time)
{
    private const string Name = "expire_registrations";
    private const int Batch = 500;

    /// <summary>Ends what is due by now.</summary>
    /// <returns>How many.</returns>
    public Task<int> Sweep(CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (!store.IsSqlite)
            {
                await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Name}))", ct);
            }

            var now = time.Now;
            var due = await scope.Db.Set<PartnerRegistration>().AsNoTracking().Where(r => r.ExpiresAt != null && r.ExpiresAt <= now).OrderBy(r => r.ExpiresAt).Take(Batch).ToListAsync(ct);
            var partners = due.Select(r => r.PartnerId).Distinct().ToList();
            var owners = await scope.Db.Set<Partner>().Where(p => partners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.OwnerId, ct);
            var ended = 0;
            foreach (var registration in due)
            {
                // Somebody may have decided since it was read.
                if (await scope.Db.Set<PartnerRegistration>().Where(r => r.Id == registration.Id && r.Version == registration.Version && r.ExpiresAt != null)
                    .ExecuteUpdateAsync(r => r.SetProperty(x => x.State, RegistrationState.Expired).SetProperty(x => x.ExpiresAt, (DateTimeOffset?)null).SetProperty(x => x.Version, x => x.Version + 1), ct) == 0)
                {
                    continue;
                }

                ended++;
                scope.Db.Add(AccountEvent.Of(registration.PartnerId, PartnerEvent.Expired, now, null, new { registration.Company, registrationId = registration.Id, was = registration.State }));
                scope.Db.AddRange(new[] { registration.AskedById, owners[registration.PartnerId] }.Distinct().Select(user => new Notice { Id = time.NewId(), UserId = user, Kind = NoticeKind.RegistrationDecided, SubjectId = registration.Id, At = now }));
            }

            await scope.Db.SaveChangesAsync(ct);
            return ended;
        },
        ct);
}
