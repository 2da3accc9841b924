using System.Globalization;
using Granary.Application.Storage;

namespace Granary.Application.Privacy.Audit;

/// <summary>A seal as it was noted outside of the database.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Last">Where it ends.</param>
/// <param name="At">When it was made.</param>
/// <param name="Hash">Its hash.</param>
public sealed record NotedSeal(long Number, long Last, DateTimeOffset At, byte[] Hash);

/// <summary>
/// The seals that a node has noted in its data folder, a file for each month to which lines are only appended: they show when
/// the newest seals were taken out of the database together with what they sealed.
/// </summary>
public sealed class AuditNotes(StoreOptions options)
{
    // A file that stays closed to us is a fault that somebody has to see.
    private const int Patience = 40;

    private readonly Lock _lock = new();
    private NotedSeal? _latest;
    private int _busy;

    private string Folder => Path.Combine(options.Directory, "audit");

    /// <summary>The latest note of this node; null when there is none.</summary>
    public NotedSeal? Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest ??= All().LastOrDefault();
            }
        }
    }

    /// <summary>Every note, in the order in which they were made. A line that was not written to its end is none.</summary>
    public IEnumerable<NotedSeal> All() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "seals-*.txt").Order(StringComparer.Ordinal).SelectMany(Lines).Select(Read).OfType<NotedSeal>()
        : [];

    /// <summary>Notes a seal, to the disk. While another process has the file it is left out: the next one comes soon.</summary>
    public void Append(AuditSeal seal)
    {
        lock (_lock)
        {
            try
            {
                Write(seal);
            }
            catch (IOException) when (_busy < Patience)
            {
                _busy++;
                return;
            }

            _busy = 0;
            _latest = new NotedSeal(seal.Number, seal.Last, seal.At, seal.Hash);
        }
    }

    private void Write(AuditSeal seal)
    {
        Directory.CreateDirectory(Folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"seals-{seal.At.UtcDateTime:yyyyMM}.txt");
        using var file = new FileStream(Path.Combine(Folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var writer = new StreamWriter(file);
        // A note that was cut off by a crash stays as it is; the next one begins on a line of its own.
        if (file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n')
        {
            writer.Write('\n');
        }

        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{seal.Number} {seal.Last} {seal.At.UtcDateTime:O} {Convert.ToHexStringLower(seal.Hash)}\n"));
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    private string[] Lines(string file)
    {
        lock (_lock)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return File.ReadAllLines(file);
                }
                catch (IOException) when (tries < Patience)
                {
                    // Another process writes a line.
                    Thread.Sleep(tries);
                }
            }
        }
    }

    private static NotedSeal? Read(string line) =>
        line.Split(' ') is [var number, var last, var at, { Length: 2 * EventDigest.Size } hash]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var l)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        && Hex(hash) is { } bytes
            ? new NotedSeal(n, l, instant, bytes) : null;

    /// <summary>The hash of a seal from hexadecimal; null when it is none.</summary>
    public static byte[]? Hex(string text)
    {
        var bytes = new byte[EventDigest.Size];
        return text.Length == 2 * EventDigest.Size && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length
            ? bytes : null;
    }
}
