using System.Buffers.Binary;
using System.Security.Cryptography;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy.Audit;

/// <summary>
/// A link of the audit chain (§18): a run of the event log in the order of positions, sealed. Each begins where the one before
/// ended, so that nothing can be put between them.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>Its number; the first is 1, without gaps.</summary>
    public long Number { get; set; }

    /// <summary>Where its run begins.</summary>
    public long First { get; set; }

    /// <summary>Position of its last event.</summary>
    public long Last { get; set; }

    /// <summary>How many events.</summary>
    public int Events { get; set; }

    /// <summary>SHA-256 over the seal before, all of this one, and the digest of each event.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Position and beginning of the digest of each event: they name what was changed.</summary>
    public required byte[] Marks { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class AuditSealTable : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> table)
    {
        table.ToTable("AuditSeal");
        table.HasKey(s => s.Number);
        table.Property(s => s.Number).ValueGeneratedNever();
    }
}

/// <summary>An event as the chain sees it.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Digest">Digest of what was written there first.</param>
internal readonly record struct ChainedEvent(long Position, byte[] Digest);

/// <summary>How seals are computed.</summary>
internal static class SealChain
{
    /// <summary>Bytes of a mark.</summary>
    public const int MarkSize = 16;

    private const int DigestPart = 8;

    /// <summary>What the first seal stands on.</summary>
    public static byte[] Beginning => new byte[EventDigest.Size];

    /// <summary>The hash of a seal.</summary>
    public static byte[] Hash(byte[] previous, long number, long first, long last, DateTimeOffset at, IReadOnlyList<ChainedEvent> events)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("granary audit seal 1"u8);
        hash.AppendData(previous);
        Span<byte> fields = stackalloc byte[40];
        BinaryPrimitives.WriteInt64BigEndian(fields, number);
        BinaryPrimitives.WriteInt64BigEndian(fields[8..], first);
        BinaryPrimitives.WriteInt64BigEndian(fields[16..], last);
        BinaryPrimitives.WriteInt64BigEndian(fields[24..], events.Count);
        BinaryPrimitives.WriteInt64BigEndian(fields[32..], EventDigest.Microseconds(at));
        hash.AppendData(fields);
        foreach (var e in events)
        {
            hash.AppendData(e.Digest);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The marks of events.</summary>
    public static byte[] Marks(IReadOnlyList<ChainedEvent> events)
    {
        var marks = new byte[events.Count * MarkSize];
        for (var i = 0; i < events.Count; i++)
        {
            var mark = marks.AsSpan(i * MarkSize, MarkSize);
            BinaryPrimitives.WriteInt64BigEndian(mark, events[i].Position);
            events[i].Digest.AsSpan(0, DigestPart).CopyTo(mark[^DigestPart..]);
        }

        return marks;
    }

    /// <summary>The first event that differs from the marks, and how; null when none does.</summary>
    public static (AuditFaultKind Kind, long Position)? Difference(ReadOnlySpan<byte> marks, IReadOnlyList<ChainedEvent> events)
    {
        var now = Marks(events).AsSpan();
        for (var at = 0; ; at += MarkSize)
        {
            var (sealedOne, present) = (Mark(marks, at), Mark(now, at));
            if (sealedOne is null || present is null)
            {
                return (sealedOne, present) switch
                {
                    ({ } gone, null) => (AuditFaultKind.EventMissing, gone),
                    (null, { } added) => (AuditFaultKind.EventInserted, added),
                    _ => null,
                };
            }

            if (sealedOne < present)
            {
                return (AuditFaultKind.EventMissing, sealedOne.Value);
            }

            if (present < sealedOne)
            {
                return (AuditFaultKind.EventInserted, present.Value);
            }

            if (!marks.Slice(at, MarkSize).SequenceEqual(now.Slice(at, MarkSize)))
            {
                return (AuditFaultKind.EventChanged, present.Value);
            }
        }
    }

    private static long? Mark(ReadOnlySpan<byte> marks, int at) => at + MarkSize <= marks.Length ? BinaryPrimitives.ReadInt64BigEndian(marks[at..]) : null;
}
