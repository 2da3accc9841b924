using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.People;

/// <summary>A running product whose first administrator is Wang Fang, and what a test does with it over HTTP.</summary>
internal sealed class Office : IAsyncDisposable
{
    public const string Administrator = "wang@example.com", Password = "correct horse battery";

    private readonly Uri? _address;

    private Office(GranaryFactory granary, Uri? address = null) => (Granary, _address) = (granary, address);

    public GranaryFactory Granary { get; }

    /// <summary>The administrator's program: sends her key.</summary>
    public HttpClient Api { get; private set; } = default!;

    public Guid AdministratorId { get; private set; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Office> Open(DatabaseKind kind, FakeClock? clock = null) => await On(await GranaryFactory.Open(kind, clock), null);

    /// <summary>On a real server, where limits of the connection hold.</summary>
    public static async Task<Office> Listening(DatabaseKind kind)
    {
        var granary = await GranaryFactory.Open(kind);
        return await On(granary, granary.Listen());
    }

    /// <summary>Nobody has been there yet.</summary>
    public static async Task<Office> Unopened(DatabaseKind kind) => new(await GranaryFactory.Open(kind));

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        await Granary.DisposeAsync();
    }

    public T Service<T>()
        where T : notnull => Granary.Services.GetRequiredService<T>();

    /// <summary>A program with a key of its own for a user.</summary>
    public async Task<HttpClient> Program(string email)
    {
        var key = await Service<CreateApiKey>().ForEmail(email, "test", Ct) ?? throw new InvalidOperationException($"{email} may not act.");
        return Client(key.Key);
    }

    public HttpClient Client(string? key)
    {
        var http = _address is null
            ? Granary.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false })
            : new HttpClient { BaseAddress = _address };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    public Browser Browser() => new(_address is null
        ? Granary.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true })
        : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _address });

    /// <summary>Hires somebody through the API; they sign in with <see cref="Password"/>.</summary>
    public async Task<Guid> Hire(string email, string role = "sales_representative")
    {
        var answer = await Api.Post("/api/v1/users", new { name = email.Split('@')[0], email, password = Password, roles = new[] { role } });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (Guid)answer.Body["id"]!;
    }

    public Task<Setting> Setting() => Service<SettingCache>().Get(Ct).AsTask();

    private static async Task<Office> On(GranaryFactory granary, Uri? address)
    {
        var office = new Office(granary, address);
        var done = await office.Service<CreateFirstAdministrator>().Create("归仓测试", "王芳", Administrator, Password, Ct);
        office.AdministratorId = Assert.IsType<PeopleResult.Done>(done).Id;
        office.Api = await office.Program(Administrator);
        return office;
    }
}

/// <summary>An answer of the API.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Response)
{
    public string? Code => (string?)Body["code"];

    public string? Field => (string?)Body["errors"]?.AsArray().FirstOrDefault()?["field"];
}

internal static class ApiCalls
{
    public static Task<ApiAnswer> Get(this HttpClient http, string path) => http.Send(HttpMethod.Get, path, null);

    public static Task<ApiAnswer> Post(this HttpClient http, string path, object body, params (string Name, string Value)[] headers) =>
        http.Send(HttpMethod.Post, path, JsonContent.Create(body), headers);

    public static Task<ApiAnswer> Patch(this HttpClient http, string path, object body, params (string Name, string Value)[] headers) =>
        http.Send(HttpMethod.Patch, path, JsonContent.Create(body), headers);

    public static async Task<ApiAnswer> Send(this HttpClient http, HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await http.SendAsync(request, Office.Ct);
        var text = await response.Content.ReadAsStringAsync(Office.Ct);
        var json = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return new ApiAnswer(response.StatusCode, json ? JsonNode.Parse(text)! : new JsonObject { ["text"] = text }, response);
    }
}
