using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A new key, or a new secret of one; the key itself is shown this once.</summary>
/// <param name="Id">Id.</param>
/// <param name="Key">The key.</param>
/// <param name="Prefix">Its first characters, by which it is told apart.</param>
public sealed record NewApiKey(Guid Id, string Key, string Prefix);

/// <summary>What is asked of a key.</summary>
/// <param name="Name">What it is for, 1 to 100 characters.</param>
/// <param name="Permissions">What it may do, of what its user may; null leaves it everything.</param>
/// <param name="ExpiresAt">Until when it works; null is without end.</param>
public sealed record ApiKeyInput(string Name, IReadOnlyList<Permission>? Permissions = null, DateTimeOffset? ExpiresAt = null);

/// <summary>Makes API keys, changes their secrets and revokes them. A key acts for a user, with that user's rights or some of them (§18).</summary>
public sealed class CreateApiKey(SettingCache settings, TimeProvider time)
{
    /// <summary>Longest time for which the secret before still works.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(7);

    private const string Mark = "gk_";
    private const int Shown = 8;

    /// <summary>Makes a key for the user with an e-mail address; null when nobody who may act has it, or the name does not do.</summary>
    public async Task<NewApiKey?> ForEmail(string email, string name, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var person = setting.People.Values.FirstOrDefault(p => string.Equals(p.Email, email.Trim(), StringComparison.OrdinalIgnoreCase));
        return person is null || setting.ViewerOf(person.Id) is null ? null : await For(null, person.Id, name, ct);
    }

    /// <summary>Makes a key with all of a user's rights; null when the name is empty or longer than 100 characters.</summary>
    public async Task<NewApiKey?> For(Guid? actor, Guid userId, string name, CancellationToken ct = default) => (await For(actor, userId, new ApiKeyInput(name), ct)).Made;

    /// <summary>Makes a key for a user; errors name the field.</summary>
    public async Task<(NewApiKey? Made, IReadOnlyList<FieldError> Errors)> For(Guid? actor, Guid userId, ApiKeyInput input, CancellationToken ct = default)
    {
        var name = input.Name.Trim();
        List<FieldError> errors = [.. Checks.Text("name", name, 100)];
        if (input.Permissions is { Count: 0 })
        {
            errors.Add(new FieldError("permissions", "required"));
        }

        if (input.ExpiresAt <= time.Now)
        {
            errors.Add(new FieldError("expiresAt", "in_the_past"));
        }

        if (errors.Count > 0)
        {
            return (null, errors);
        }

        var made = New(time.NewId());
        await settings.Change(
            scope =>
            {
                scope.Db.Add(new ApiKey
                {
                    Id = made.Id,
                    UserId = userId,
                    Name = name,
                    Hash = HashOf(made.Key),
                    Prefix = made.Prefix,
                    CreatedAt = time.Now,
                    Permissions = input.Permissions is { } only ? Json.Write(only.Distinct().Order()) : null,
                    ExpiresAt = input.ExpiresAt is { } end ? Clock.Truncate(end) : null,
                });
                scope.Db.Add(time.Event(actor, userId, "api_key.created", new { KeyId = made.Id, Name = name, input.Permissions, input.ExpiresAt }));
                return Task.CompletedTask;
            },
            ct);
        return (made, []);
    }

    /// <summary>Gives a key another secret; the one before works for a while longer, so that its programs can be changed over.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="userId">Whose key it is.</param>
    /// <param name="id">The key.</param>
    /// <param name="overlap">How long the secret before still works: none to seven days.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The new secret; an error where the overlap does not do; neither when they have no such key in force.</returns>
    public async Task<(NewApiKey? Made, FieldError? Error)> Rotate(Guid actor, Guid userId, Guid id, TimeSpan overlap, CancellationToken ct = default)
    {
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            return (null, new FieldError("overlapHours", "out_of_range", "0–168"));
        }

        var made = New(id);
        var done = await settings.Change(
            async scope =>
            {
                if (await InForce(scope.Db, userId, id, ct) is not { } key)
                {
                    return false;
                }

                var overlaps = overlap > TimeSpan.Zero;
                (key.PreviousHash, key.PreviousUntil) = (overlaps ? key.Hash : null, overlaps ? time.Now + overlap : null);
                (key.Hash, key.Prefix) = (HashOf(made.Key), made.Prefix);
                scope.Db.Add(time.Event(actor, userId, "api_key.rotated", new { KeyId = id, key.Name, key.PreviousUntil }));
                return true;
            },
            ct);
        return (done ? made : null, null);
    }

    /// <summary>Revokes a key of a user; false when they have no such key in force.</summary>
    public Task<bool> Revoke(Guid actor, Guid userId, Guid id, CancellationToken ct = default) => settings.Change(
        async scope =>
        {
            if (await InForce(scope.Db, userId, id, ct) is not { } key)
            {
                return false;
            }

            key.RevokedAt = time.Now;
            scope.Db.Add(time.Event(actor, userId, "api_key.revoked", new { KeyId = id, key.Name }));
            return true;
        },
        ct);

    internal static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    internal static bool LooksLikeKey(string text) => text.Length == Mark.Length + 43 && text.StartsWith(Mark, StringComparison.Ordinal);

    private static Task<ApiKey?> InForce(GranaryDb db, Guid userId, Guid id, CancellationToken ct) =>
        db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id && k.UserId == userId && k.RevokedAt == null, ct);

    private static NewApiKey New(Guid id)
    {
        var key = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return new NewApiKey(id, key, key[..Shown]);
    }
}
