using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Granary.Web.Tests.People.Access;

/// <summary>A browser that may be signed in, with the token its forms carry.</summary>
internal sealed partial class WebClient(HttpClient http)
{
    private string? _token;

    public HttpClient Http => http;

    /// <summary>Signs in and keeps a token that every form of theirs may carry.</summary>
    public async Task SignIn(string mail, string password, CancellationToken ct)
    {
        var form = await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative), ct);
        using var sent = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            ["Input.Email"] = mail,
            ["Input.Password"] = password,
        });
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), sent, ct);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        _token = Token().Match(await http.GetStringAsync(new Uri("/settings/me", UriKind.Relative), ct)).Groups[1].Value;
        Assert.NotEmpty(_token);
    }

    /// <summary>The fields of an object as a form, with the token.</summary>
    public HttpContent Form(object? fields)
    {
        List<KeyValuePair<string, string>> all = [new("__RequestVerificationToken", _token ?? "none")];
        foreach (var property in fields?.GetType().GetProperties() ?? [])
        {
            foreach (var value in property.GetValue(fields) is IEnumerable<Guid> many ? many.Select(g => g.ToString()) : [property.GetValue(fields)?.ToString() ?? ""])
            {
                all.Add(new(property.Name == "handler" ? "_handler" : property.Name, value));
            }
        }

        return new FormUrlEncodedContent(all);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
