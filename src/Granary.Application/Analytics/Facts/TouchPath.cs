using System.Text;

namespace Granary.Application.Analytics.Facts;

/// <summary>A touch on the way to an opportunity.</summary>
/// <param name="At">When.</param>
/// <param name="ChannelId">The channel it came by; null where only the campaign is known.</param>
/// <param name="Campaign">The campaign it came from.</param>
/// <param name="Kind">Kind of touch as <c>TouchKind</c>; <see cref="TouchPath.Entry"/> where the lead came in.</param>
public readonly record struct PathTouch(DateTimeOffset At, Guid? ChannelId, string? Campaign, int Kind);

/// <summary>The touches of an opportunity in one column, so that thousands of deals are shared out in one read. A short form of them in the order of time.</summary>
public static class TouchPath
{
    /// <summary>Stands as a kind for a lead that came in.</summary>
    public const int Entry = -1;

    /// <summary>Writes touches: in the order of time, and of one instant, channel and campaign only one, as what a visitor does and the lead it makes are one contact.</summary>
    public static byte[] Write(IEnumerable<PathTouch> touches)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8))
        {
            foreach (var touch in touches.OrderBy(t => t.At).ThenBy(t => t.Kind).ThenBy(t => t.ChannelId).ThenBy(t => t.Campaign, StringComparer.Ordinal).DistinctBy(t => (t.At, t.ChannelId, t.Campaign)))
            {
                writer.Write(touch.At.ToUnixTimeMilliseconds());
                writer.Write((short)touch.Kind);
                writer.Write((touch.ChannelId ?? Guid.Empty).ToByteArray());
                writer.Write(touch.Campaign ?? "");
            }
        }

        return stream.ToArray();
    }

    /// <summary>Reads them, the earliest first.</summary>
    public static List<PathTouch> Read(byte[] path)
    {
        List<PathTouch> touches = [];
        using var stream = new MemoryStream(path);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        Span<byte> id = stackalloc byte[16];
        while (stream.Position < stream.Length)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
            var kind = reader.ReadInt16();
            reader.ReadExactly(id);
            var (channel, campaign) = (new Guid(id), reader.ReadString());
            touches.Add(new(at, channel == Guid.Empty ? null : channel, campaign.Length == 0 ? null : campaign, kind));
        }

        return touches;
    }
}
