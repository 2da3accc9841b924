using System.Net;
using System.Text.RegularExpressions;

namespace Granary.Web.Tests.People;

/// <summary>A person's browser without scripts: keeps cookies, follows no redirect by itself, fills in forms as they stand.</summary>
internal sealed partial class Browser(HttpClient http) : IDisposable
{
    public async Task<PageAnswer> Open(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Office.Ct);
        return await Read(answer);
    }

    /// <summary>Opens a page, fills in one of its forms and sends it.</summary>
    public async Task<PageAnswer> Submit(string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await Open(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return await Post(path, page.Token, [("_handler", form), .. fields]);
    }

    public async Task<PageAnswer> Post(string path, string? token, params (string Name, string Value)[] fields)
    {
        IEnumerable<KeyValuePair<string, string>> all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value));
        using var body = new FormUrlEncodedContent(token is null ? all : all.Append(KeyValuePair.Create("__RequestVerificationToken", token)));
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body, Office.Ct);
        return await Read(answer);
    }

    public Task<PageAnswer> SignIn(string email, string password, string path = "/sign-in") =>
        Submit(path, "sign-in", ("Input.Email", email), ("Input.Password", password));

    public void Speak(string language)
    {
        http.DefaultRequestHeaders.AcceptLanguage.Clear();
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public void Accept(string type) => http.DefaultRequestHeaders.Accept.ParseAdd(type);

    public void Dispose() => http.Dispose();

    private static async Task<PageAnswer> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Office.Ct);
        var to = answer.Headers.Location is { } location ? (location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString) : null;
        return new PageAnswer(answer.StatusCode, text, to, Token().Match(text) is { Success: true } token ? token.Groups[1].Value : null, answer.Headers.Location);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>What a browser got.</summary>
internal sealed record PageAnswer(HttpStatusCode Status, string Text, string? To, string? Token, Uri? Location)
{
    /// <summary>The address it leads to, absolute and of another site when it should not be.</summary>
    public bool LeadsAway => Location is { IsAbsoluteUri: true, IsLoopback: false };
}
