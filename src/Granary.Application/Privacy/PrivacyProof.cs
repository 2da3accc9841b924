using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy;

/// <summary>
/// Proof that something was done about personal data: which act, when, by whom, and how many rows of each table; never whose. Each
/// carries the digest of the one before, so that none can be changed or left out unseen.
/// </summary>
public sealed class PrivacyProof
{
    /// <summary>Place in the chain, from 1 without gaps.</summary>
    public long Seq { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What was done: <c>access</c>, <c>export</c>, <c>correct</c>, <c>erase</c>, <c>restrict</c>, <c>refuse</c>, <c>retention</c> …</summary>
    public required string Act { get; set; }

    /// <summary>The request it answers.</summary>
    public Guid? RequestId { get; set; }

    /// <summary>Who did it; null for the product itself.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>Rows by table, as JSON.</summary>
    public required string Counts { get; set; }

    /// <summary>Digest of the proof before; 32 zeros for the first.</summary>
    public required byte[] Previous { get; set; }

    /// <summary>Digest of this one.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The digest that this proof must have.</summary>
    internal byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        Convert.ToHexStringLower(Previous), Seq.ToString(CultureInfo.InvariantCulture), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Act, RequestId, ActorId, Counts)));
}

/// <summary>Appends proofs and checks their chain.</summary>
public static class PrivacyProofs
{
    private const int Page = 1_000;

    private static readonly byte[] Beginning = new byte[32];

    /// <summary>Appends a proof within the transaction of what it proves.</summary>
    internal static async Task<PrivacyProof> Append(
        WriteScope scope, string act, Guid? requestId, Guid? actorId, IReadOnlyDictionary<string, int> counts, DateTimeOffset now, CancellationToken ct)
    {
        if (!scope.Store.IsSqlite)
        {
            // One after another: each needs the digest of the one before.
            await scope.Db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('privacy_proof'))", ct);
        }

        var last = await scope.Db.Set<PrivacyProof>().AsNoTracking().OrderByDescending(p => p.Seq).FirstOrDefaultAsync(ct);
        var proof = new PrivacyProof
        {
            Seq = (last?.Seq ?? 0) + 1,
            At = now,
            Act = act,
            RequestId = requestId,
            ActorId = actorId,
            Counts = Json.Write(new SortedDictionary<string, int>(counts.ToDictionary(), StringComparer.Ordinal)),
            Previous = last?.Hash ?? Beginning,
            Hash = [],
        };
        proof.Hash = proof.Digest();
        scope.Db.Add(proof);
        await scope.Db.SaveChangesAsync(ct);
        return proof;
    }

    /// <summary>The first place at which the chain does not hold; null when it is whole.</summary>
    public static async Task<long?> FirstFault(GranaryDb db, CancellationToken ct = default)
    {
        var (previous, next) = (Beginning, 1L);
        while (true)
        {
            var page = await db.Set<PrivacyProof>().AsNoTracking().Where(p => p.Seq >= next).OrderBy(p => p.Seq).Take(Page).ToListAsync(ct);
            foreach (var proof in page)
            {
                if (proof.Seq != next || !proof.Previous.AsSpan().SequenceEqual(previous) || !proof.Hash.AsSpan().SequenceEqual(proof.Digest()))
                {
                    return next;
                }

                (previous, next) = (proof.Hash, next + 1);
            }

            if (page.Count < Page)
            {
                return null;
            }
        }
    }
}

internal sealed class PrivacyProofTable : IEntityTypeConfiguration<PrivacyProof>
{
    public void Configure(EntityTypeBuilder<PrivacyProof> table)
    {
        table.ToTable("PrivacyProof");
        table.HasKey(p => p.Seq);
        table.Property(p => p.Seq).ValueGeneratedNever();
        table.Property(p => p.Act).HasMaxLength(40);
        table.HasIndex(p => p.RequestId);
    }
}
