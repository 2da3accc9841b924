using System.Buffers.Binary;
using System.Buffers.Text;
using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.Storage;

namespace Granary.Application.Desk;

/// <summary>Where a page of a list ends: the next one begins behind it (keyset). Opaque to whoever passes it on.</summary>
/// <param name="Sort">The order it belongs to.</param>
/// <param name="Key">The last lead's place in that order.</param>
/// <param name="Id">The last lead.</param>
public readonly record struct LeadCursor(LeadSort Sort, long Key, Guid Id)
{
    private const int Length = 1 + sizeof(long) + 16;

    /// <summary>The place of a lead in an order.</summary>
    public static LeadCursor Of(Lead lead, LeadSort sort) => Of(sort, lead.Id, lead.ReceivedAt, lead.Score, lead.ChangedAt);

    /// <inheritdoc cref="Of(Lead, LeadSort)"/>
    internal static LeadCursor Of(LeadSort sort, Guid id, DateTimeOffset receivedAt, int score, DateTimeOffset changedAt) => new(
        sort,
        sort switch { LeadSort.Score => score, LeadSort.ChangedAt => changedAt.ToUnixTimeMilliseconds(), _ => receivedAt.ToUnixTimeMilliseconds() },
        id);

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is none, or one of another order.</summary>
    public static LeadCursor? Parse(string? text, LeadSort sort)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return text is { Length: > 0 and < 64 } && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == Length && bytes[0] == (byte)sort
            && BinaryPrimitives.ReadInt64BigEndian(bytes[1..]) is >= -62_135_596_800_000 and <= 253_402_300_799_999 and var key
            ? new LeadCursor(sort, key, new Guid(bytes[9..], bigEndian: true))
            : null;
    }

    /// <summary>As it stands in an address.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = (byte)Sort;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], Key);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The leads behind it.</summary>
    /// <param name="leads">All of them.</param>
    /// <param name="ascending">The direction.</param>
    /// <param name="sorted">The score by which they are sorted.</param>
    internal IQueryable<Lead> Behind(IQueryable<Lead> leads, bool ascending, Expression<Func<Lead, int>> sorted)
    {
        // Written so that the index is entered at the place itself on both databases, and the id decides among equals.
        var id = Id;
        if (Sort == LeadSort.Score)
        {
            var score = (int)Key;
            Expression<Func<Lead, int, bool>> behind = ascending
                ? (l, s) => s >= score && (s > score || l.Id > id)
                : (l, s) => s <= score && (s < score || l.Id < id);
            return leads.Where(behind.Of(sorted));
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(Key);
        return (Sort, ascending) switch
        {
            (LeadSort.ChangedAt, true) => leads.Where(l => l.ChangedAt >= at && (l.ChangedAt > at || l.Id > id)),
            (LeadSort.ChangedAt, false) => leads.Where(l => l.ChangedAt <= at && (l.ChangedAt < at || l.Id < id)),
            (_, true) => leads.Where(l => l.ReceivedAt >= at && (l.ReceivedAt > at || l.Id > id)),
            _ => leads.Where(l => l.ReceivedAt <= at && (l.ReceivedAt < at || l.Id < id)),
        };
    }
}
