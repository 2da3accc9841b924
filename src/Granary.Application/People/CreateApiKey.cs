using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A new key; the key itself is shown this once.</summary>
/// <param name="Id">Id.</param>
/// <param name="Key">The key.</param>
/// <param name="Prefix">Its first characters, by which it is told apart.</param>
public sealed record NewApiKey(Guid Id, string Key, string Prefix);

/// <summary>Makes API keys and revokes them. A key acts for a user, with that user's rights (§18).</summary>
public sealed class CreateApiKey(SettingCache settings, TimeProvider time)
{
    private const string Mark = "gk_";
    private const int Shown = 8;

    /// <summary>Makes a key for the user with an e-mail address; null when nobody who may act has it, or the name does not do.</summary>
    public async Task<NewApiKey?> ForEmail(string email, string name, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var person = setting.People.Values.FirstOrDefault(p => string.Equals(p.Email, email.Trim(), StringComparison.OrdinalIgnoreCase));
        return person is null || setting.ViewerOf(person.Id) is null ? null : await For(null, person.Id, name, ct);
    }

    /// <summary>Makes a key for a user; null when the name is empty or longer than 100 characters.</summary>
    public async Task<NewApiKey?> For(Guid? actor, Guid userId, string name, CancellationToken ct = default)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100)
        {
            return null;
        }

        var key = Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var made = new NewApiKey(time.NewId(), key, key[..Shown]);
        await settings.Change(
            scope =>
            {
                scope.Db.Add(new ApiKey { Id = made.Id, UserId = userId, Name = name, Hash = HashOf(key), Prefix = made.Prefix, CreatedAt = time.Now });
                scope.Db.Add(Event(actor, userId, "api_key.created", made.Id, name));
                return Task.CompletedTask;
            },
            ct);
        return made;
    }

    /// <summary>Revokes a key of a user; false when they have no such key in force.</summary>
    public Task<bool> Revoke(Guid actor, Guid userId, Guid id, CancellationToken ct = default) => settings.Change(
        async scope =>
        {
            if (await scope.Db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == id && k.UserId == userId && k.RevokedAt == null, ct) is not { } key)
            {
                return false;
            }

            key.RevokedAt = time.Now;
            scope.Db.Add(Event(actor, userId, "api_key.revoked", id, key.Name));
            return true;
        },
        ct);

    internal static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    internal static bool LooksLikeKey(string text) => text.Length == Mark.Length + 43 && text.StartsWith(Mark, StringComparison.Ordinal);

    private EventRecord Event(Guid? actor, Guid userId, string kind, Guid keyId, string name) =>
        new() { At = time.Now, ActorId = actor, SubjectId = userId, Kind = kind, Data = Json.Write(new { KeyId = keyId, Name = name }) };
}
