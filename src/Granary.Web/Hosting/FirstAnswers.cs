using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Hosting;

/// <summary>What became of the first request with a key.</summary>
public abstract record FirstAnswer
{
    /// <summary>This is the first.</summary>
    public sealed record Ours : FirstAnswer;

    /// <summary>It is still being worked on.</summary>
    public sealed record Awaited : FirstAnswer;

    /// <summary>It was another request.</summary>
    public sealed record Other : FirstAnswer;

    /// <summary>It was answered.</summary>
    public sealed record Given(int Status, string Body) : FirstAnswer;
}

/// <summary>First answers by idempotency key, in the database, so that it does not matter which node is asked again.</summary>
public sealed class FirstAnswers(Store store, Vault vault, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private const string Claim = "INSERT INTO idempotency_record (key, request, at, status) VALUES ({0}, {1}, {2}, 0) ON CONFLICT (key) DO NOTHING";

    // Whoever took longer has died on the way.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Claims a key for a request, or tells what became of it.</summary>
    public Task<FirstAnswer> Begin(Guid key, Guid request, CancellationToken ct) => store.Write<FirstAnswer>(
        async scope =>
        {
            var now = time.Now;
            var records = scope.Db.Set<IdempotencyRecord>();
            await records.Where(r => r.At < now - Remembered).ExecuteDeleteAsync(ct);
            // The key's row is the lock: of two that arrive together one waits for the other's commit.
            object[] values = scope.Store.IsSqlite
                ? [key.ToByteArray(true), request.ToByteArray(true), now.ToUnixTimeMilliseconds()]
                : [key, request, now];
            if (await scope.Db.Database.ExecuteSqlRawAsync(Claim, values, ct) == 1)
            {
                return new FirstAnswer.Ours();
            }

            var first = await records.SingleAsync(r => r.Key == key, ct);
            if (first.Request != request)
            {
                return new FirstAnswer.Other();
            }

            if (first.Status != 0)
            {
                return new FirstAnswer.Given(first.Status, first.Answer is { } answer ? vault.Open(answer) : "");
            }

            if (first.At > now - Patience)
            {
                return new FirstAnswer.Awaited();
            }

            first.At = now;
            await scope.Db.SaveChangesAsync(ct);
            return new FirstAnswer.Ours();
        },
        ct);

    /// <summary>Keeps the answer.</summary>
    public Task Keep(Guid key, int status, string body) => store.Write(async scope =>
    {
        var record = await scope.Db.Set<IdempotencyRecord>().SingleAsync(r => r.Key == key);
        record.Status = status;
        record.Answer = body.Length > 0 ? vault.Seal(body) : null;
        await scope.Db.SaveChangesAsync();
    });

    /// <summary>Gives the key back: there was no answer.</summary>
    public Task Forget(Guid key) => store.Write(scope => scope.Db.Set<IdempotencyRecord>().Where(r => r.Key == key && r.Status == 0).ExecuteDeleteAsync());
}
