using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Application.Tests.Policies;

public sealed class TraceTests
{
    private static readonly Reason[] Some =
    [
        Reason.Of("cleanse", "sensitive_word", null, ("field", "requirement"), ("word", "引\"号\\\n与\u0001😀")),
        Reason.Of("match", "no_match"),
        Reason.Of("assign", "rule", "华东\"区", ("rule", "")),
    ];

    [Fact]
    public void Reasons_are_read_as_they_were_written()
    {
        var written = Json.Write(new Trace(new Dictionary<string, int> { ["score"] = 3 }, Some));

        var read = Json.Read<Trace>(written);

        Assert.Equal(3, read.Versions["score"]);
        Same(Some, read.Reasons);
        Assert.Contains("""["match","no_match",null]""", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_is_a_trace_too() =>
        Assert.Empty(Json.Read<Trace>(Json.Write(new Trace(new Dictionary<string, int>(), []))).Reasons);

    [Fact]
    public void What_was_stored_as_objects_is_still_read()
    {
        var read = Json.Read<Trace>("""
            {"versions":{"assignment":1},"reasons":[{"step":"match","code":"linked_to_source","rule":"手机","facts":{"key":"phone","days":"3"}},{"step":"match","code":"no_match","facts":{}}]}
            """);

        Same([Reason.Of("match", "linked_to_source", "手机", ("key", "phone"), ("days", "3")), Reason.Of("match", "no_match")], read.Reasons);
    }

    private static void Same(IEnumerable<Reason> expected, IEnumerable<Reason> actual) => Assert.Equal(
        expected.Select(r => (r.Step, r.Code, r.Rule, string.Join('|', r.Facts.Select(f => $"{f.Key}={f.Value}")))),
        actual.Select(r => (r.Step, r.Code, r.Rule, string.Join('|', r.Facts.Select(f => $"{f.Key}={f.Value}")))));
}
