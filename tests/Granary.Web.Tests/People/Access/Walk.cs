using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.People.Access;

/// <summary>One running product in which somebody of each built-in role, and somebody unknown, tries every line of the tables.</summary>
internal sealed partial class Walk : IAsyncDisposable
{
    private static readonly Uri Root = new("http://localhost");

    private readonly Testing.Office _office;
    private readonly WebClient _guest;
    private readonly HttpClient _guestProgram;
    private readonly Dictionary<(Sample, Relation, Guid?), IReadOnlyDictionary<string, string>> _records = [];
    private readonly List<string> _faults = [];
    private readonly Dictionary<(RouteRule, string, Subject), string> _missing = [];
    private Fingerprint? _print;

    private Walk(Testing.Office office)
    {
        (_office, Hands) = (office, new Hands(office));
        _guestProgram = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        _guest = new WebClient(office.Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false }));
    }

    public Hands Hands { get; }

    public GranaryFactory Granary => _office.Granary;

    public List<Subject> Subjects { get; } = [];

    public int Requests { get; private set; }

    private static CancellationToken Ct => Testing.Office.Ct;

    public static async Task<Walk> Open(DatabaseKind kind)
    {
        // On a clock that stands still no sweep runs: whatever changes, a request changed it.
        var office = await Testing.Office.Open(kind, new FakeClock(new DateTimeOffset(2026, 11, 3, 2, 0, 0, TimeSpan.Zero)), [("Granary:AnonymousRequestsPerMinute", "1000000")]);
        var walk = new Walk(office);
        await walk.Hands.Prepare();
        await Testing.Office.Post(walk.Hands.Admin, "/api/v1/roles", new { key = Subject.Nobody, grants = new { searchDuplicates = new[] { "own" } } });
        foreach (var role in BuiltInRoles.Grants.Keys.Append(Subject.Nobody))
        {
            var id = await walk.Hands.Hire(role, role, walk.Hands.Department);
            var browser = new WebClient(office.Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));
            browser.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
            await browser.SignIn($"{role}@example.com", Testing.Office.Password, Ct);
            walk.Subjects.Add(new Subject(role, id, walk.Hands.ProgramOf(id), browser, walk.Hands.Mate));
        }

        await walk.Hands.Staff(walk.Subjects.Select(s => s.Id));
        return walk;
    }

    /// <summary>Tries the lines: first everything that reads or is denied, then what writes and is allowed.</summary>
    /// <returns>What was not as it should be.</returns>
    public async Task<IReadOnlyList<string>> Go(IReadOnlyList<RouteRule> rules)
    {
        foreach (var rule in rules.Where(r => r.Record is not null))
        {
            await Prepare(rule);
        }

        foreach (var rule in rules.Where(r => r.Open is null).OrderBy(r => r.Method == "GET").ThenBy(r => r.Kind == RouteKind.Page))
        {
            _print ??= await Fingerprint.Of(Store, Ct);
            await Guest(rule);
            foreach (var who in Subjects)
            {
                await Try(rule, who);
            }

            await Unchanged(rule);
        }

        foreach (var rule in rules.Where(r => r is { Open: null, Kind: RouteKind.Api, Writes: true, OnlyDenied: false }))
        {
            foreach (var who in Subjects)
            {
                await Write(rule, who);
            }
        }

        return _faults;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var who in Subjects)
        {
            who.Browser.Http.Dispose();
        }

        _guestProgram.Dispose();
        _guest.Http.Dispose();
        await _office.DisposeAsync();
    }

    private Store Store => Granary.Services.GetRequiredService<Store>();

    private async Task Prepare(RouteRule rule)
    {
        foreach (var who in Subjects)
        {
            foreach (var relation in rule.Record!.Relations)
            {
                await Record(rule.Record, who, relation);
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> Record(Sample sample, Subject who, Relation relation)
    {
        var key = (sample, relation, relation == Relation.Own ? who.Id : (Guid?)null);
        return _records.TryGetValue(key, out var made) ? made : _records[key] = await sample.Make(Hands, who, relation);
    }

    // Nobody in particular is asked to sign in, whatever the record.
    private async Task Guest(RouteRule rule)
    {
        var record = rule.Record is { } sample ? await Record(sample, Subjects[0], sample.Relations[^1]) : null;
        foreach (var method in Methods(rule, gate: true))
        {
            using var request = Request(rule, method, Subjects[0], record, _guest);
            using var answer = await Send(rule.Kind == RouteKind.Api ? _guestProgram : _guest.Http, request);
            Expect(rule.Kind == RouteKind.Api ? answer.StatusCode == HttpStatusCode.Unauthorized
                : answer.StatusCode == HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal)),
                rule, "nobody signed in", null, answer, "to be asked to sign in");
        }
    }

    private async Task Try(RouteRule rule, Subject who)
    {
        var admitted = rule.Demands.All(who.Holds) && rule.Also(who);
        foreach (var relation in rule.Record?.Relations ?? [Relation.Own])
        {
            var record = rule.Record is { } sample ? await Record(sample, who, relation) : null;
            if (!admitted)
            {
                await Denied(rule, who, relation, record);
            }
            else if (rule.Record?.Sees(who, relation) == false)
            {
                await Hidden(rule, who, relation, record!);
            }
            else if (rule.May(who, relation))
            {
                await Read(rule, who, relation, record);
            }
            else
            {
                await Refused(rule, who, relation, record);
            }
        }
    }

    // Without what the route demands: refused before anything is looked for.
    private async Task Denied(RouteRule rule, Subject who, Relation relation, IReadOnlyDictionary<string, string>? record)
    {
        foreach (var method in Methods(rule, gate: true))
        {
            using var request = Request(rule, method, who, record, who.Browser);
            using var answer = await Send(Client(rule, who), request);
            Expect(answer.StatusCode == HttpStatusCode.Forbidden, rule, who.Role, relation, answer, "403, since the role does not hold what the route demands");
        }
    }

    // Out of reach: exactly as if it were not there.
    private async Task Hidden(RouteRule rule, Subject who, Relation relation, IReadOnlyDictionary<string, string> record)
    {
        foreach (var method in Methods(rule))
        {
            using var request = Request(rule, method, who, record, who.Browser);
            using var answer = await Send(Client(rule, who), request);
            var (told, missing) = (await Told(answer), await Missing(rule, method, who, record));
            Expect(told == missing, rule, who.Role, relation, answer, $"the same answer as for a record that is not there: {told} ≠ {missing}");
            Expect(rule.Kind == RouteKind.Part && rule.Writes ? (int)answer.StatusCode is 302 or 404
                : answer.StatusCode == HttpStatusCode.NotFound || (method == "PAGE-POST" && answer.StatusCode == HttpStatusCode.BadRequest), rule, who.Role, relation, answer, "404, since the record is out of reach");
        }
    }

    private async Task<string> Missing(RouteRule rule, string method, Subject who, IReadOnlyDictionary<string, string> record)
    {
        if (!_missing.TryGetValue((rule, method, who), out var told))
        {
            using var request = Request(rule, method, who, record.ToDictionary(r => r.Key, _ => Guid.NewGuid().ToString()), who.Browser);
            using var answer = await Send(Client(rule, who), request);
            _missing[(rule, method, who)] = told = await Told(answer);
        }

        return told;
    }

    // On a record that they see, without the verb.
    private async Task Refused(RouteRule rule, Subject who, Relation relation, IReadOnlyDictionary<string, string>? record)
    {
        foreach (var method in Methods(rule))
        {
            using var request = Request(rule, method, who, record, who.Browser);
            using var answer = await Send(Client(rule, who), request);
            Expect(rule.Kind == RouteKind.Api ? answer.StatusCode == HttpStatusCode.Forbidden : (int)answer.StatusCode is 302 or 403 or 404 || method == "PAGE-POST",
                rule, who.Role, relation, answer, "403, since the role lacks the verb on this record");
        }
    }

    private async Task Read(RouteRule rule, Subject who, Relation relation, IReadOnlyDictionary<string, string>? record)
    {
        if (rule.Writes && rule.Kind != RouteKind.Page)
        {
            return;
        }

        using var request = Request(rule, "GET", who, record, who.Browser);
        using var answer = await Send(Client(rule, who), request);
        var status = (int)answer.StatusCode;
        Expect(
            status == 200 || (rule.MayBeMissing && status is 404 or 409) || (rule.Kind == RouteKind.Page && status == 302 && !answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal)),
            rule, who.Role, relation, answer, "an answer, since the role may");
    }

    // What is allowed is done, or refused for what was sent; a record's version that nobody has keeps it as it is.
    private async Task Write(RouteRule rule, Subject who)
    {
        foreach (var relation in rule.Record?.Relations ?? [Relation.Own])
        {
            if (!rule.Demands.All(who.Holds) || !rule.Also(who) || rule.Record?.Sees(who, relation) == false || !rule.May(who, relation))
            {
                continue;
            }

            using var request = Request(rule, rule.Method, who, rule.Record is { } sample ? await Record(sample, who, relation) : null, who.Browser);
            request.Headers.TryAddWithoutValidation("If-Match", "\"999999\"");
            using var answer = await Send(who.Program, request);
            Expect((int)answer.StatusCode is (>= 200 and < 300) or 400 or 409 or 422 || (rule.MayBeMissing && (int)answer.StatusCode is 404), rule, who.Role, relation, answer, "it to be done, since the role may");
        }
    }

    private async Task Unchanged(RouteRule rule)
    {
        // What reads may be noted: who opened a file, what was seen.
        if (!rule.Writes || rule.Kind == RouteKind.Page)
        {
            _print = null;
            return;
        }

        var now = await Fingerprint.Of(Store, Ct);
        if (_print!.Differences(now) is { Count: > 0 } changed)
        {
            _faults.Add($"{rule.Key}: a denied request changed {string.Join(", ", changed)}");
        }

        _print = now;
    }

    // Whoever is kept out of a page is kept out of its forms; where a page has forms that change its record, the line sends one.
    private static IEnumerable<string> Methods(RouteRule rule, bool gate = false) =>
        rule.Kind != RouteKind.Page ? [rule.Method] : gate || rule.Sent is not null ? ["GET", "PAGE-POST"] : ["GET"];

    private static HttpClient Client(RouteRule rule, Subject who) => rule.Kind == RouteKind.Api ? who.Program : who.Browser.Http;

    private static HttpRequestMessage Request(RouteRule rule, string method, Subject who, IReadOnlyDictionary<string, string>? record, WebClient browser)
    {
        var path = Place().Replace(rule.Pattern, place => record?.GetValueOrDefault(place.Groups[1].Value) ?? Filling(place.Groups[1].Value));
        var request = new HttpRequestMessage(new HttpMethod(method == "PAGE-POST" ? "POST" : method), new Uri(Root, path + (rule.Query.Length == 0 ? "" : $"?{rule.Query}")));
        var body = rule.Sent?.Invoke(who);
        request.Content = body switch
        {
            HttpContent content => content,
            _ when method is "GET" or "DELETE" && rule.Kind != RouteKind.Part => null,
            _ when method is "GET" => null,
            _ when rule.Kind == RouteKind.Api => JsonContent.Create(body ?? new { }),
            _ => browser.Form(body),
        };
        return request;
    }

    // What stands in a route that is about no record of the tables.
    private static string Filling(string name) => name switch
    {
        "Status" or "status" => "404",
        "date" => "2026-12-01",
        _ => Guid.Empty.ToString(),
    };

    private async Task<HttpResponseMessage> Send(HttpClient client, HttpRequestMessage request)
    {
        Requests++;
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    private void Expect(bool holds, RouteRule rule, string who, Relation? relation, HttpResponseMessage answer, string expected)
    {
        if (!holds)
        {
            _faults.Add($"{rule.Key} by {who}{(rule.Record is { } record && relation is not null ? $" on a {record.Name} that is {relation}" : "")}: {(int)answer.StatusCode} {answer.Headers.Location}, expected {expected}");
        }
    }

    // An answer without what differs from one request to the next.
    private static async Task<string> Told(HttpResponseMessage answer)
    {
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join(" ", set.Select(c => c.Split('=')[0]).Order(StringComparer.Ordinal)) : "";
        var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(Ct);
        text = Token().Replace(Trace().Replace(Id().Replace(text, "ID"), ""), "");
        return $"{(int)answer.StatusCode} {Id().Replace(answer.Headers.Location?.ToString() ?? "", "ID")} {cookies} {text}";
    }

    [GeneratedRegex(@"\{\**(\w+)(:[^}]*)?\??\}")]
    private static partial Regex Place();

    [GeneratedRegex("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]+\"")]
    private static partial Regex Token();
}
