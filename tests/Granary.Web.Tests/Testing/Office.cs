using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Tests.People;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Testing;

/// <summary>An organisation that is reached over HTTP alone: the words API tests speak.</summary>
internal sealed class Office : IAsyncDisposable
{
    /// <summary>The administrator's mail address, and everybody's password.</summary>
    public const string AdminMail = "admin@example.com", Password = "a long enough password";

    private readonly TestDatabase _database;
    private readonly List<GranaryFactory> _nodes;
    private int _phones;

    private Office(TestDatabase database, GranaryFactory granary) => (_database, _nodes) = (database, [granary]);

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public GranaryFactory Granary => _nodes[0];

    /// <summary>The administrator's client.</summary>
    public HttpClient Admin { get; private set; } = null!;

    /// <summary>The administrator's key.</summary>
    public string AdminKey { get; private set; } = null!;

    /// <summary>Opens an office with an administrator.</summary>
    public static async Task<Office> Open(DatabaseKind kind, FakeClock? clock = null, IReadOnlyList<(string Key, string Value)>? settings = null)
    {
        var database = await TestDatabase.Open(kind);
        var office = new Office(database, new GranaryFactory(database) { Clock = clock, Settings = (settings ?? []).ToDictionary(s => s.Key, s => s.Value) });
        var founded = await office.Granary.Services.GetRequiredService<CreateFirstAdministrator>().Create("归仓", "Admin", AdminMail, Password, Ct);
        office.AdminKey = await office.KeyOf(Assert.IsType<PeopleResult.Done>(founded).Id);
        office.Admin = office.ClientOf(office.AdminKey);
        return office;
    }

    /// <summary>Another node on the same database.</summary>
    public GranaryFactory AddNode()
    {
        _nodes.Add(new GranaryFactory(_database) { Clock = Granary.Clock });
        return _nodes[^1];
    }

    /// <summary>A client with a key; on another node where one is given.</summary>
    public HttpClient ClientOf(string key, GranaryFactory? node = null)
    {
        var client = (node ?? Granary).CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return client;
    }

    /// <summary>The administrator's id.</summary>
    public async Task<Guid> AdminId() => (await Get(Admin, "/api/v1/me")).GetProperty("id").GetGuid();

    /// <summary>A browser in which nobody is signed in yet.</summary>
    public Browser Browse() => new(Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));

    /// <summary>Hires somebody.</summary>
    public async Task<(Guid Id, HttpClient Client)> Hire(string name, string role = "sales_representative", object? profile = null)
    {
        var mail = $"{name.ToLowerInvariant()}@example.com";
        var user = await Send(Admin, HttpMethod.Post, "/api/v1/users", new { name, email = mail, password = Password, roles = new[] { role }, profile }, HttpStatusCode.Created);
        var id = user.GetProperty("id").GetGuid();
        return (id, ClientOf(await KeyOf(id)));
    }

    /// <summary>A lead that is fit to be assigned, as JSON writes it.</summary>
    public Dictionary<string, object?> Lead(string? phone = null, string? company = null) => new()
    {
        ["channel"] = "官网/百度搜索",
        ["company"] = new { name = company, industry = "软件", size = "large" },
        ["contact"] = new { name = "张三", role = "decisionMaker", phones = new[] { phone ?? NewPhone() } },
        ["budget"] = new { min = 400000, max = 500000, match = "full" },
    };

    /// <summary>A mobile number nobody has yet.</summary>
    public string NewPhone() => $"138{(Interlocked.Increment(ref _phones) * 7919L % 100_000_000):00000000}";

    /// <summary>Submits a lead as the administrator.</summary>
    public Task<JsonElement> Submit(object lead) => Send(Admin, HttpMethod.Post, "/api/v1/leads", lead, HttpStatusCode.Created);

    /// <summary>Sends and expects a status; the answer's JSON.</summary>
    public static async Task<JsonElement> Send(HttpClient client, HttpMethod method, string path, object? body, HttpStatusCode expected, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null
            : body is string text ? new StringContent(text, Encoding.UTF8, "application/json")
            : JsonContent.Create(body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Ct);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {said}");
        return said.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(said);
    }

    /// <summary>Gets and expects 200.</summary>
    public static Task<JsonElement> Get(HttpClient client, string path) => Send(client, HttpMethod.Get, path, null, HttpStatusCode.OK);

    /// <summary>Posts and expects a status.</summary>
    public static Task<JsonElement> Post(HttpClient client, string path, object? body, HttpStatusCode expected = HttpStatusCode.Created) =>
        Send(client, HttpMethod.Post, path, body, expected);

    /// <summary>Reads the database.</summary>
    public async Task<T> Read<T>(Func<GranaryDb, Task<T>> read)
    {
        await using var db = Granary.Services.GetRequiredService<Store>().Open();
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
        {
            await node.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private async Task<string> KeyOf(Guid user) => (await Granary.Services.GetRequiredService<CreateApiKey>().For(null, user, "test", Ct))!.Key;
}
