using Granary.Domain.Assignment;

namespace Granary.Application.Assignment;

/// <summary>
/// Packs the candidates of the assignment ledger: for each rule the number of its candidates and its id, then 17 bytes for each (id, verdict).
/// Twenty candidates cost a few hundred bytes instead of two thousand as JSON, on every lead.
/// </summary>
public static class CandidateLedger
{
    /// <summary>Packs verdicts; those of one rule follow each other.</summary>
    public static byte[] Pack(IReadOnlyList<CandidateVerdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            return [];
        }

        using var bytes = new MemoryStream(verdicts.Count * 17 + 64);
        using var writer = new BinaryWriter(bytes);
        Span<byte> id = stackalloc byte[16];
        for (var i = 0; i < verdicts.Count;)
        {
            var rule = verdicts[i].RuleId;
            var end = i;
            while (end < verdicts.Count && verdicts[end].RuleId == rule)
            {
                end++;
            }

            writer.Write(rule ?? "");
            writer.Write7BitEncodedInt(end - i);
            for (; i < end; i++)
            {
                verdicts[i].UserId.TryWriteBytes(id, true, out _);
                writer.Write(id);
                writer.Write((byte)verdicts[i].Ineligible);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Unpacks what <see cref="Pack"/> packed.</summary>
    public static IReadOnlyList<CandidateVerdict> Unpack(byte[] packed)
    {
        List<CandidateVerdict> verdicts = [];
        using var reader = new BinaryReader(new MemoryStream(packed));
        while (reader.BaseStream.Position < packed.Length)
        {
            var rule = reader.ReadString();
            for (var n = reader.Read7BitEncodedInt(); n > 0; n--)
            {
                verdicts.Add(new CandidateVerdict(rule.Length == 0 ? null : rule, new Guid(reader.ReadBytes(16), true), (Ineligible)reader.ReadByte()));
            }
        }

        return verdicts;
    }
}
