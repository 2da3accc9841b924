using System.Security.Cryptography;
using System.Text;
using Granary.Application.Storage;

namespace Granary.Application.Privacy;

/// <summary>
/// The file in which a node remembers erasures outside the database: one line of JSON each, only ever appended to, each with the
/// digest of itself and the line before. It holds ids and keyed digests, nothing that tells who somebody was.
/// </summary>
/// <param name="path">The file.</param>
public sealed class ErasureFile(string path)
{
    private const int Attempts = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Everything in the file, in order, and whether its chain holds. A last line that a crash cut off counts as not written.</summary>
    public async Task<(IReadOnlyList<Erasure> Erasures, bool Whole)> Read(CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            return ([], true);
        }

        await using var file = await Open(ct);
        var (erasures, _, whole, _) = await Read(file, ct);
        return (erasures, whole);
    }

    /// <summary>Appends those that are not in the file yet, and sees them onto the disk.</summary>
    /// <returns>How many were appended.</returns>
    public async Task<int> Append(IReadOnlyList<Erasure> erasures, CancellationToken ct)
    {
        await using var file = await Open(ct);
        var (known, hash, _, end) = await Read(file, ct);
        var ids = known.Select(e => e.Id).ToHashSet();
        var added = erasures.Where(e => ids.Add(e.Id)).ToList();
        if (added.Count > 0)
        {
            // What a crash cut off is written over.
            file.SetLength(end);
            file.Position = end;
            foreach (var erasure in added)
            {
                var body = Json.Write(new Body(erasure.Id, erasure.At, erasure.RequestId, erasure.Leads, erasure.Keys));
                hash = Digest(hash, body);
                await file.WriteAsync(Encoding.UTF8.GetBytes($"{hash} {body}\n"), ct);
            }

            file.Flush(flushToDisk: true);
        }

        return added.Count;
    }

    private static async Task<(List<Erasure> Erasures, string Hash, bool Whole, long End)> Read(FileStream file, CancellationToken ct)
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, ct);
        List<Erasure> erasures = [];
        var (hash, whole, end) = ("", true, 0);
        while (end < bytes.Length && Array.IndexOf(bytes, (byte)'\n', end) is >= 0 and var stop)
        {
            var line = Encoding.UTF8.GetString(bytes, end, stop - end);
            end = stop + 1;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (given, body) = space > 0 ? (line[..space], line[(space + 1)..]) : ("", line);
            whole &= given == Digest(hash, body);
            hash = given;
            if (Parsed(body) is { } erasure)
            {
                erasures.Add(erasure);
            }
            else
            {
                whole = false;
            }
        }

        return (erasures, hash, whole, end);
    }

    private static Erasure? Parsed(string body)
    {
        try
        {
            var read = Json.Read<Body>(body);
            return new Erasure { Id = read.Id, At = read.At, RequestId = read.RequestId, Leads = [.. read.Leads], Keys = [.. read.Keys] };
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static string Digest(string previous, string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{previous}\n{body}")));

    // Two nodes may share a folder: whoever comes second waits a little.
    private async Task<FileStream> Open(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < Attempts)
            {
                await Task.Delay(Pause, ct);
            }
        }
    }

    private sealed record Body(Guid Id, DateTimeOffset At, Guid? RequestId, IReadOnlyList<Guid> Leads, IReadOnlyList<Guid> Keys);
}
