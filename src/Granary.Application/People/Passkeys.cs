using System.Buffers.Text;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A passkey somebody can sign in with.</summary>
/// <param name="Id">Id of the credential in base 64 for URLs.</param>
/// <param name="Name">What they call it.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record Passkey(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>Keeps people's passkeys (§18); what a browser proves with them is checked before anything comes here.</summary>
public sealed class Passkeys(Store store, TimeProvider time)
{
    private const int Most = 20, LongestName = 60;

    /// <summary>The passkeys of somebody, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<Passkey>> Of(Guid userId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var rows = await db.Set<IdentityUserPasskey<Guid>>().AsNoTracking().Where(p => p.UserId == userId).ToListAsync(ct);
        return [.. rows.Select(p => new Passkey(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt)).OrderBy(p => p.CreatedAt)];
    }

    /// <summary>Adds one that a browser made; errors name the field.</summary>
    public Task<IReadOnlyList<FieldError>> Add(Guid userId, string? name, UserPasskeyInfo made, CancellationToken ct = default)
    {
        var called = name?.Trim() ?? "";
        FieldError[] wrong = [.. Checks.Text("name", called, LongestName)];
        return wrong.Length > 0 ? Task.FromResult<IReadOnlyList<FieldError>>(wrong) : store.Write<IReadOnlyList<FieldError>>(
            async scope =>
            {
                var passkeys = scope.Db.Set<IdentityUserPasskey<Guid>>();
                if (await passkeys.CountAsync(p => p.UserId == userId, ct) >= Most)
                {
                    return [new FieldError("name", "too_many", "20")];
                }

                passkeys.Add(new IdentityUserPasskey<Guid>
                {
                    CredentialId = made.CredentialId,
                    UserId = userId,
                    Data = new IdentityPasskeyData
                    {
                        Name = called,
                        CreatedAt = time.Now,
                        PublicKey = made.PublicKey,
                        SignCount = made.SignCount,
                        Transports = made.Transports,
                        IsUserVerified = made.IsUserVerified,
                        IsBackupEligible = made.IsBackupEligible,
                        IsBackedUp = made.IsBackedUp,
                        AttestationObject = made.AttestationObject,
                        ClientDataJson = made.ClientDataJson,
                    },
                });
                scope.Db.Add(time.Event(userId, userId, "user.passkey_added", new { Name = called }));
                await scope.Db.SaveChangesAsync(ct);
                return [];
            },
            ct);
    }

    /// <summary>Calls one something else.</summary>
    public async Task<PeopleResult> Rename(Guid userId, string id, string? name, CancellationToken ct = default)
    {
        var called = name?.Trim() ?? "";
        return Checks.Text("name", called, LongestName).ToList() is { Count: > 0 } wrong
            ? new PeopleResult.Refused(wrong)
            : await Change(userId, id, "user.passkey_renamed", (_, passkey) => passkey.Data.Name = called, ct);
    }

    /// <summary>Takes one away; nobody signs in with it any more.</summary>
    public Task<PeopleResult> Remove(Guid userId, string id, CancellationToken ct = default) =>
        Change(userId, id, "user.passkey_removed", (db, passkey) => db.Remove(passkey), ct);

    /// <summary>Keeps what changes with each use: the count by which a copy of the key would show.</summary>
    public Task Used(Guid userId, UserPasskeyInfo used, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (await scope.Db.Set<IdentityUserPasskey<Guid>>().SingleOrDefaultAsync(p => p.CredentialId == used.CredentialId && p.UserId == userId, ct) is not { } passkey)
            {
                return;
            }

            (passkey.Data.SignCount, passkey.Data.IsBackedUp, passkey.Data.IsUserVerified) = (used.SignCount, used.IsBackedUp, used.IsUserVerified);
            await scope.Db.SaveChangesAsync(ct);
        },
        ct);

    private Task<PeopleResult> Change(Guid userId, string id, string kind, Action<GranaryDb, IdentityUserPasskey<Guid>> change, CancellationToken ct) => store.Write<PeopleResult>(
        async scope =>
        {
            if (!Base64Url.IsValid(id) || Base64Url.DecodeFromChars(id) is not { } credential
                || await scope.Db.Set<IdentityUserPasskey<Guid>>().SingleOrDefaultAsync(p => p.CredentialId == credential && p.UserId == userId, ct) is not { } passkey)
            {
                return new PeopleResult.Missing();
            }

            var before = passkey.Data.Name;
            change(scope.Db, passkey);
            scope.Db.Add(time.Event(userId, userId, kind, new { Name = before }));
            await scope.Db.SaveChangesAsync(ct);
            return new PeopleResult.Done(userId);
        },
        ct);
}
