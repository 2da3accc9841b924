using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>What somebody says about an inbound hook.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="ChannelId">Channel of its leads, unless the mapping says otherwise.</param>
/// <param name="Open">Whether it takes deliveries.</param>
/// <param name="Mapping">Field of the submission → path in the delivered JSON, see <see cref="HookMapping"/>.</param>
public sealed record HookInput(string Name, Guid ChannelId, bool Open, IReadOnlyDictionary<string, string> Mapping);

/// <summary>A hook that was given a new address; its token is shown this once.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="Token">The token of its address <c>/hooks/{token}</c>; null when it was refused.</param>
public sealed record IssuedHook(SettingResult Result, string? Token);

/// <summary>Adds and changes inbound hooks (§3). Only the hash of a token is kept.</summary>
public sealed class SaveHook(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a hook.</summary>
    public async Task<IssuedHook> Create(Guid actor, HookInput input, CancellationToken ct = default)
    {
        var (token, hash) = NewToken();
        var result = await Write(
            actor,
            input,
            (_, _) => Task.FromResult<InboundHook?>(new InboundHook { Id = time.NewId(), Name = "", TokenHash = hash, Mapping = "{}", CreatedAt = time.Now }),
            "hook.created",
            ct);
        return new IssuedHook(result, result is SettingResult.Done ? token : null);
    }

    /// <summary>Changes a hook; its address stays.</summary>
    public Task<SettingResult> Change(Guid actor, Guid id, HookInput input, CancellationToken ct = default) =>
        Write(actor, input, (db, ct) => db.Set<InboundHook>().SingleOrDefaultAsync(h => h.Id == id, ct), "hook.changed", ct);

    /// <summary>Gives a hook a new address; deliveries to the old one are refused from now on.</summary>
    public async Task<IssuedHook> Renew(Guid actor, Guid id, CancellationToken ct = default)
    {
        var (token, hash) = NewToken();
        var done = await store.Write(
            async scope =>
            {
                if (await scope.Db.Set<InboundHook>().SingleOrDefaultAsync(h => h.Id == id, ct) is not { } hook)
                {
                    return false;
                }

                hook.TokenHash = hash;
                scope.Db.Add(time.Event(actor, id, "hook.renewed", new { hook.Name }));
                await scope.Db.SaveChangesAsync(ct);
                return true;
            },
            ct);
        return done ? new IssuedHook(new SettingResult.Done(id), token) : new IssuedHook(new SettingResult.Missing(), null);
    }

    /// <summary>The hash under which a token is kept.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<SettingResult> Write(
        Guid actor, HookInput input, Func<GranaryDb, CancellationToken, Task<InboundHook?>> find, string kind, CancellationToken ct)
    {
        input = input with { Name = input.Name.Trim() };
        List<FieldError> errors = [.. Errors(input, await settings.Get(ct)), .. HookMapping.Validate(input.Mapping)];
        if (errors.Count > 0)
        {
            return new SettingResult.Refused(errors);
        }

        return await store.Write<SettingResult>(
            async scope =>
            {
                var db = scope.Db;
                if (await find(db, ct) is not { } hook)
                {
                    return new SettingResult.Missing();
                }

                (hook.Name, hook.ChannelId, hook.Open, hook.Mapping) = (input.Name, input.ChannelId, input.Open, Json.Write(input.Mapping));
                if (db.Entry(hook).State == EntityState.Detached)
                {
                    db.Add(hook);
                }

                db.Add(time.Event(actor, hook.Id, kind, input));
                await db.SaveChangesAsync(ct);
                return new SettingResult.Done(hook.Id);
            },
            ct);
    }

    private static IEnumerable<FieldError> Errors(HookInput input, Setting setting)
    {
        if (input.Name.Length is 0 or > 100)
        {
            yield return new FieldError("name", input.Name.Length == 0 ? "required" : "too_long", "100");
        }

        if (setting.Channels.All.All(c => c.Id != input.ChannelId))
        {
            yield return new FieldError("channelId", "unknown");
        }
    }

    private static (string Token, byte[] Hash) NewToken()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (token, HashOf(token));
    }
}
