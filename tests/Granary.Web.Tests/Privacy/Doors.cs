using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Privacy;

/// <summary>Sends known contacts through every door by which contact data comes in or is asked for.</summary>
internal sealed partial class Doors
{
    private readonly GranaryFactory _granary;
    private readonly FakeClock _clock;
    private readonly KnownContacts _known;
    private readonly Guid _actor;
    private readonly HttpClient _admin;
    private readonly List<Guid> _leads = [];

    private Doors(GranaryFactory granary, FakeClock clock, KnownContacts known, Guid actor, HttpClient admin) =>
        (_granary, _clock, _known, _actor, _admin) = (granary, clock, known, actor, admin);

    /// <summary>What was answered where something was refused or failed, but for the form, which gives back what was typed.</summary>
    public List<string> Refusals { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Doors> Open(GranaryFactory granary, FakeClock clock, KnownContacts known)
    {
        var founded = await granary.Services.GetRequiredService<CreateFirstAdministrator>().Create("归仓", "Admin", "admin@example.com", "a long enough password", Ct);
        var actor = Assert.IsType<PeopleResult.Done>(founded).Id;
        var key = (await granary.Services.GetRequiredService<CreateApiKey>().For(null, actor, "test", Ct))!.Key;
        var admin = granary.CreateClient(new() { AllowAutoRedirect = false });
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new Doors(granary, clock, known, actor, admin);
    }

    public async Task Api()
    {
        for (var i = 0; i < 60; i++)
        {
            var lead = Lead();
            var key = ("Idempotency-Key", $"api-{i}");
            await Keep(await Send(HttpMethod.Post, "/api/v1/leads", lead, key));
            // Again, for the first answer, and with another key for the kept submission of a lead that came twice.
            await Send(HttpMethod.Post, "/api/v1/leads", lead, key);
            await Send(HttpMethod.Post, "/api/v1/leads", lead, ("Idempotency-Key", $"again-{i}"));
        }
    }

    public async Task Batch()
    {
        for (var i = 0; i < 5; i++)
        {
            var items = Enumerable.Range(0, 60).Select(n => n % 10 == 0 ? Spoilt() : Lead()).ToList();
            await Send(HttpMethod.Post, "/api/v1/leads/batch", new { items }, ("Idempotency-Key", $"batch-{i}"));
        }
    }

    public async Task Hook()
    {
        var setting = await _granary.Services.GetRequiredService<SettingCache>().Get(Ct);
        var mapping = new Dictionary<string, string>
        {
            ["contact.name"] = "$.name",
            ["contact.phones"] = "tel",
            ["contact.emails"] = "mail",
            ["contact.wechat"] = "wx",
            ["company.headcount"] = "staff",
        };
        var issued = await _granary.Services.GetRequiredService<SaveHook>().Create(_actor, new HookInput("Ads", setting.Channels.All[0].Id, true, mapping), Ct);
        var path = $"/hooks/{issued.Token}";
        for (var i = 0; i < 80; i++)
        {
            var (phone, email, weChat) = _known.Next();
            await Send(HttpMethod.Post, path, i % 4 == 0
                // Mappings that fail: another type, a number that is none, JSON that breaks off.
                ? $$$"""{"name":"张三","tel":"{{{phone}}}","mail":"{{{email}}}","wx":"{{{weChat}}}","staff":"{{{phone}}} people"}"""
                : i % 4 == 1 ? $$$"""{"name":{"x":"{{{email}}}"},"tel":"{{{phone}}}{{{phone}}}","mail":"{{{email}}} ","wx":"{{{weChat}}}!"}"""
                : i % 4 == 2 ? $$$"""{"name":"张三","tel":"{{{phone}}}","mail":"{{{email}}}","wx":"{{{weChat}}}" """
                : $$$"""{"name":"张三","tel":"{{{phone}}}","mail":"{{{email}}}","wx":"{{{weChat}}}","staff":20}""");
        }
    }

    public async Task Form()
    {
        var setting = await _granary.Services.GetRequiredService<SettingCache>().Get(Ct);
        FormField Field(string path, bool required = false) => new(path, required, new Dictionary<string, string>());
        var design = new FormDesign
        {
            Title = new Dictionary<string, string> { ["zh-CN"] = "免费试用" },
            Fields = [Field("contact.name", true), Field("contact.phones", true), Field("contact.emails"), Field("contact.wechat")],
        };
        await _granary.Services.GetRequiredService<SaveForm>().Create(_actor, new FormInput("Trial", "trial", setting.Channels.All[0].Id, true, design), Ct);
        using var visitor = _granary.CreateClient(new() { AllowAutoRedirect = false });
        for (var i = 0; i < 40; i++)
        {
            var (phone, email, weChat) = _known.Next();
            var page = await visitor.GetStringAsync(new Uri("/f/trial", UriKind.Relative), Ct);
            _clock.Advance(TimeSpan.FromSeconds(5));
            var fields = Hidden().Matches(page).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)));
            Dictionary<string, string> typed = new() { ["contact.name"] = i % 5 == 0 ? "" : "张三", ["contact.phones"] = phone, ["contact.emails"] = email, ["contact.wechat"] = i % 7 == 0 ? $"{weChat} ??" : weChat };
            using var sent = await visitor.PostAsync(new Uri("/f/trial", UriKind.Relative), new FormUrlEncodedContent(fields.Concat(typed)), Ct);
            Assert.True((int)sent.StatusCode is 303 or 422, $"{sent.StatusCode}");
        }
    }

    public async Task Imports()
    {
        await Import("leads.csv", Encoding.UTF8.GetBytes("姓名,电话,邮箱,微信,人数\n" + string.Join('\n', Rows(120).Select(r => string.Join(',', r)))));
        await Import("leads.xlsx", Workbook([["姓名", "电话", "邮箱", "微信", "人数"], .. Rows(120)]));
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes($"%PDF-1.7 {_known.Next().Phone}")), "file", "leads.pdf" } };
        await Answer(await _admin.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct));
    }

    public async Task Edits()
    {
        foreach (var id in _leads.Take(60))
        {
            var (phone, email, weChat) = _known.Next();
            await Send(HttpMethod.Patch, $"/api/v1/leads/{id}", new { contact = new { phones = new[] { phone, "12" }, emails = new[] { email }, wechat = weChat } }, ("If-Match", "\"999\""));
            await Send(HttpMethod.Patch, $"/api/v1/leads/{id}", new { contact = new { phones = new[] { phone, "12" }, emails = new[] { email }, wechat = weChat } });
            await Send(HttpMethod.Get, $"/api/v1/leads/{id}/timeline", null);
        }
    }

    public async Task Accounts()
    {
        for (var i = 0; i < 60; i++)
        {
            var (phone, email, weChat) = _known.Next();
            await Send(HttpMethod.Post, "/api/v1/accounts", new { name = $"北京第{i}科技有限公司", contacts = new[] { new { name = "李四", phone = i % 9 == 0 ? weChat : phone, email } } }, ("Idempotency-Key", $"account-{i}"));
        }
    }

    public async Task Lists()
    {
        for (var i = 0; i < 40; i++)
        {
            var (phone, email, _) = _known.Next();
            await Send(HttpMethod.Post, "/api/v1/blacklist", new { kind = "phone", value = phone, reason = "骚扰" }, ("Idempotency-Key", $"list-{i}"));
            await Send(HttpMethod.Post, "/api/v1/blacklist", new { kind = i % 2 == 0 ? "email" : "phone", value = email, reason = "骚扰" });
            // What the list holds comes in, and is held.
            await Send(HttpMethod.Post, "/api/v1/leads", Lead(phone));
        }
    }

    public async Task Searches()
    {
        for (var i = 0; i < 60; i++)
        {
            var (phone, email, weChat) = _known.Next();
            await Send(HttpMethod.Get, $"/api/v1/duplicates?phone={phone}&email={Uri.EscapeDataString(email)}&wechat={weChat}", null);
            await Send(HttpMethod.Get, $"/api/v1/leads?q={phone}", null);
            await Send(HttpMethod.Get, $"/api/v1/leads?q={Uri.EscapeDataString(email)}&limit={weChat}", null);
            await Send(HttpMethod.Get, $"/api/v1/leads/{Guid.Empty}?phone={phone}&email={email}", null);
        }
    }

    public async Task Reveals()
    {
        foreach (var (i, id) in _leads.Take(60).Index())
        {
            var shown = await Send(HttpMethod.Post, $"/api/v1/leads/{id}/contact-reveals", null, ("Idempotency-Key", $"reveal-{i}"));
            Assert.NotEmpty(_known.In(shown.GetRawText()));
            await Send(HttpMethod.Post, $"/api/v1/leads/{id}/contact-reveals", null, ("Idempotency-Key", $"reveal-{i}"));
        }
    }

    public async Task Faults()
    {
        for (var i = 0; i < 60; i++)
        {
            var (phone, email, weChat) = _known.Next();
            await Send(HttpMethod.Post, "/api/v1/leads", $$$"""{"channel":"官网/百度搜索","contact":{"telephone":"{{{phone}}}","mail":"{{{email}}}"}}""");
            await Send(HttpMethod.Post, "/api/v1/leads", $$$"""{"channel":"官网/百度搜索","contact":{"phones":"{{{phone}}}","wechat":["{{{weChat}}}"]}}""");
            await Send(HttpMethod.Post, "/api/v1/leads", $$$"""{"contact":{"phones":["{{{phone}}}\u0000"],"emails":["{{{email}}}""");
            await Send(HttpMethod.Post, "/api/v1/leads", $$$"""{"channel":"{{{new string('x', 300)}}}","contact":{"name":"\u0000","phones":["{{{phone}}}"],"emails":["{{{email}}}"]},"receivedAt":"{{{phone}}}","budget":{"min":"{{{phone}}}"}}""");
            await Send(HttpMethod.Post, $"/nowhere?phone={phone}", new { phone, email });
        }
    }

    private Dictionary<string, object?> Lead(string? given = null)
    {
        var (phone, email, weChat) = _known.Next();
        return new()
        {
            ["channel"] = "官网/百度搜索",
            ["company"] = new { industry = "软件", size = "large" },
            ["contact"] = new { name = "张三", role = "decisionMaker", phones = new[] { given ?? phone }, emails = new[] { email }, wechat = weChat },
            ["budget"] = new { min = 400000, max = 500000, match = "full" },
        };
    }

    // Kept as what it was typed, or refused with its field.
    private Dictionary<string, object?> Spoilt()
    {
        var (phone, email, weChat) = _known.Next();
        return new()
        {
            ["channel"] = _known.Count % 2 == 0 ? "官网/百度搜索" : null,
            ["contact"] = new { name = "张三", phones = new[] { $"{phone}9", $"tel {phone}" }, emails = new[] { $"{email}@" }, wechat = $"{weChat}?" },
        };
    }

    private IEnumerable<string[]> Rows(int count) => Enumerable.Range(0, count).Select(i =>
    {
        var (phone, email, weChat) = _known.Next();
        return i % 6 == 0 ? ["张三", phone, email, weChat, $"about {phone}"]
            : i % 6 == 1 ? ["", "", email + "@", weChat + "!!", "5"]
            : new[] { "张三", phone, email, weChat, "20" };
    });

    private async Task Import(string name, byte[] file)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } };
        var uploaded = await Answer(await _admin.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Ct));
        var id = uploaded.GetProperty("import").GetProperty("id").GetGuid();
        await Send(HttpMethod.Get, $"/api/v1/imports/{id}/preview", null);
        var columns = new Dictionary<string, string> { ["姓名"] = "contact.name", ["电话"] = "contact.phones", ["邮箱"] = "contact.emails", ["微信"] = "contact.wechat", ["人数"] = "company.headcount" };
        await Send(HttpMethod.Post, $"/api/v1/imports/{id}/confirmation", new { mapping = new { columns, constants = new { channel = "展会/上海" } }, mode = "create" }, ("Idempotency-Key", name));
        JsonElement import;
        do
        {
            await Task.Delay(50, Ct);
            _clock.Advance(TimeSpan.FromSeconds(1));
            import = await Send(HttpMethod.Get, $"/api/v1/imports/{id}", null);
        }
        while (import.GetProperty("state").GetString() == "running");
        Assert.Equal("done", import.GetProperty("state").GetString());
        Assert.InRange(import.GetProperty("failed").GetInt32(), 1, 119);
        Assert.NotEmpty(_known.In(await _admin.GetStringAsync(new Uri($"/api/v1/imports/{id}/errors", UriKind.Relative), Ct)));
    }

    private static byte[] Workbook(IEnumerable<string[]> rows)
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var cells = string.Concat(rows.Select(r => $"<row>{string.Concat(r.Select(c => $"<c t=\"inlineStr\"><is><t>{WebUtility.HtmlEncode(c)}</t></is></c>"))}</row>"));
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (part, text) in new[]
            {
                ("_rels/.rels", $"<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
                ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{package}\"><Relationship Id=\"s1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
                ("xl/workbook.xml", $"<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><sheets><sheet name=\"线索\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>"),
                ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>"),
            })
            {
                using var stream = zip.CreateEntry(part).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    private Task Keep(JsonElement landed)
    {
        _leads.Add(landed.GetProperty("id").GetGuid());
        return Task.CompletedTask;
    }

    private async Task<JsonElement> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Answer(await _admin.SendAsync(request, Ct));
    }

    private async Task<JsonElement> Answer(HttpResponseMessage answer)
    {
        using (answer)
        {
            var said = await answer.Content.ReadAsStringAsync(Ct);
            if ((int)answer.StatusCode >= 400)
            {
                Refusals.Add(string.Create(CultureInfo.InvariantCulture, $"{answer.RequestMessage!.Method} {(int)answer.StatusCode} {said}"));
            }

            return answer.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" ? JsonSerializer.Deserialize<JsonElement>(said) : default;
        }
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)"\s*/?>""")]
    private static partial Regex Hidden();
}
