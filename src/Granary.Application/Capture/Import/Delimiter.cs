namespace Granary.Application.Capture.Import;

/// <summary>Finds the delimiter of a text table.</summary>
internal static class Delimiter
{
    private const int SampleLines = 20;

    private static readonly char[] Candidates = [',', '\t', ';', '|'];

    /// <summary>
    /// The candidate that parts the most lines of the sample into as many cells as the first line; of equals the one with
    /// more cells. A file of one column gets a comma.
    /// </summary>
    public static char Detect(string sample)
    {
        var (best, bestAgreeing, bestCells) = (',', 0, 0);
        foreach (var candidate in Candidates)
        {
            var counts = Counts(sample, candidate);
            var cells = counts.Count == 0 ? 0 : counts[0];
            var agreeing = cells == 0 ? 0 : counts.Count(c => c == cells);
            if (agreeing > bestAgreeing || (agreeing == bestAgreeing && cells > bestCells))
            {
                (best, bestAgreeing, bestCells) = (candidate, agreeing, cells);
            }
        }

        return best;
    }

    // Occurrences of the candidate outside quotes, line by line; blank lines and a last line that may be cut off do not count.
    private static List<int> Counts(string sample, char candidate)
    {
        var counts = new List<int>(SampleLines);
        var (count, quoted, blank) = (0, false, true);
        foreach (var c in sample)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c is '\n' or '\r' && !quoted)
            {
                if (!blank)
                {
                    counts.Add(count);
                    if (counts.Count == SampleLines)
                    {
                        return counts;
                    }
                }

                (count, blank) = (0, true);
                continue;
            }
            else if (c == candidate && !quoted)
            {
                count++;
            }

            blank &= char.IsWhiteSpace(c) && c != '\t';
        }

        if (!blank && counts.Count == 0)
        {
            counts.Add(count);
        }

        return counts;
    }
}
