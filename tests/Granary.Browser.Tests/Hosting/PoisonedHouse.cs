using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security;
using System.Text;
using System.Text.Json;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Browser.Tests.Hosting;

/// <summary>An organisation in which every text that anybody can type, send or import is a payload.</summary>
internal sealed class PoisonedHouse : IAsyncDisposable
{
    public const string Mail = "admin@example.com", Password = "a long enough password";

    private readonly GranaryFactory _granary;
    private readonly HttpClient _api;
    private readonly Feed _feed = new();

    private PoisonedHouse(GranaryFactory granary, Uri address) => (_granary, Address, _api) = (granary, address, new HttpClient { BaseAddress = address });

    public Uri Address { get; }

    /// <summary>Pages that show what was poisoned.</summary>
    public List<string> Pages { get; } = [];

    /// <summary>What could not be poisoned, and why.</summary>
    public List<string> Refused { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<PoisonedHouse> Open()
    {
        var granary = await GranaryFactory.Open(DatabaseKind.Sqlite);
        var house = new PoisonedHouse(granary, granary.Listen());
        var services = granary.Services;
        var founded = await services.GetRequiredService<CreateFirstAdministrator>().Create(house._feed.One(200), house._feed.One(100), Mail, Password, Ct);
        var admin = Assert.IsType<PeopleResult.Done>(founded).Id;
        var key = (await services.GetRequiredService<CreateApiKey>().For(null, admin, house._feed.One(100), Ct))!.Key;
        house._api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await house.Settings(admin);
        var channel = (await house.Post("/api/v1/channels", new { path = house._feed.One(45, '/') + "/" + house._feed.One(45, '/') }))?.GetProperty("id").GetGuid();
        await house.Doors(channel);
        await house.Leads(admin);
        await house.Imports();
        var viewer = (await services.GetRequiredService<SettingCache>().Latest(Ct)).ViewerOf(admin)!;
        for (var i = 0; i < 5; i++)
        {
            Assert.Empty(await services.GetRequiredService<SavedViews>().Save(viewer, house._feed.One(60), LeadFilter.Parse($"?tag={Uri.EscapeDataString(house._feed.One(40))}"), true, Ct));
        }

        house.Reflections();
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _granary.DisposeAsync();
    }

    private async Task Settings(Guid admin)
    {
        var department = (await Post("/api/v1/departments", new { name = _feed.One(100) }))?.GetProperty("id").GetGuid();
        var person = await Post("/api/v1/users", new
        {
            name = _feed.One(100),
            email = "li@example.com",
            password = Password,
            departmentId = department,
            roles = new[] { "sales_representative" },
        });
        await Post("/api/v1/pools", new { key = "poisoned", name = _feed.One(60) });
        await Post("/api/v1/blacklist", new { kind = "company", value = _feed.One(100), reason = _feed.One(100) });
        await Post("/api/v1/sensitive-words", new { words = new[] { _feed.One(50), _feed.One(50) }, allowed = false });
        await Post("/api/v1/company-aliases", new { alias = _feed.One(80), company = _feed.One(80) });
        await Post("/api/v1/follow-up-templates", new { name = _feed.One(60), method = "call", content = _feed.Many(1900), shared = true });
        Pages.AddRange(
        [
            "/settings", "/settings/organisation", "/settings/people", "/settings/departments", "/settings/pools", "/settings/channels", "/settings/lists/blacklist", "/settings/lists/words",
            "/settings/lists/aliases", "/settings/follow-up-templates", "/settings/me", "/settings/undertaking", "/settings/policies/assignment", $"/settings/people/{person?.GetProperty("id").GetGuid() ?? admin}",
        ]);
    }

    private async Task Doors(Guid? channel)
    {
        Dictionary<string, string> Both(int longest) => new() { ["zh-CN"] = _feed.Many(longest), ["en"] = _feed.Many(longest) };
        var form = await Post("/api/v1/forms", new
        {
            name = _feed.One(100),
            slug = "poisoned",
            channelId = channel,
            open = true,
            design = new
            {
                title = Both(190),
                intro = Both(1900),
                consentText = Both(1900),
                thankYou = Both(1900),
                fields = new[] { "contact.name", "contact.phones", "requirement", "company.name" }.Select(path => new { path, required = false, label = new Dictionary<string, string> { ["zh-CN"] = _feed.One(100) } }),
            },
        });
        var hook = await Post("/api/v1/hooks", new { name = _feed.One(100), channelId = channel, open = true, mapping = new Dictionary<string, string> { ["contact.name"] = "$.n", ["contact.phones"] = "$.p", ["requirement"] = "$.r" } });
        await Post($"/hooks/{hook?.GetProperty("token").GetString()}", new { n = _feed.One(100), p = "13900000001", r = _feed.Many(3900) });
        using var sent = await _api.PostAsync(new Uri("/f/poisoned", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["contact.name"] = _feed.One(100),
            ["contact.phones"] = "13900000002",
            ["requirement"] = _feed.Many(3900),
            ["company.name"] = _feed.One(200),
            ["consent"] = "true",
        }), Ct);
        Pages.AddRange(["/forms", $"/forms/{form?.GetProperty("id").GetGuid()}", "/hooks", $"/hooks/{hook?.GetProperty("id").GetGuid()}", "/f/poisoned", "/f/poisoned?lang=en", "/f/poisoned/thanks"]);
    }

    private async Task Leads(Guid admin)
    {
        List<Guid> leads = [];
        for (var i = 0; i < 10; i++)
        {
            var lead = await Post("/api/v1/leads", new
            {
                channel = _feed.One(45, '/') + "/" + _feed.One(45, '/'),
                campaign = _feed.One(200),
                keyword = _feed.One(200),
                content = _feed.One(200),
                utm = new { source = _feed.One(200), medium = _feed.One(200), campaign = _feed.One(200), term = _feed.One(200), content = _feed.One(200) },
                landingPage = "https://example.com/?" + _feed.Many(1800).Replace("\n", "&", StringComparison.Ordinal),
                referrer = "javascript:alert(1)//" + _feed.Many(1800).Replace("\n", "&", StringComparison.Ordinal),
                referredBy = _feed.One(200),
                company = new { name = _feed.One(200), industry = _feed.One(100), province = _feed.One(100), city = _feed.One(100) },
                contact = new { name = _feed.One(100), title = _feed.One(100), phones = new[] { $"1391000{i:0000}" }, emails = new[] { $"a{i}@example.com" } },
                requirement = _feed.Many(3900),
                products = Enumerable.Range(0, 6).Select(_ => _feed.One(100)),
                tags = Enumerable.Range(0, 6).Select(_ => _feed.One(40)),
                custom = new Dictionary<string, string> { [_feed.One(60)] = _feed.Many(1900) },
            });
            if (lead?.TryGetProperty("id", out var id) == true)
            {
                leads.Add(id.GetGuid());
            }
        }

        foreach (var (i, id) in leads.Index())
        {
            var at = $"/api/v1/leads/{id}";
            await Post($"{at}/assignment", new { to = admin }, also: 409);
            await Post($"{at}/follow-ups", new { method = "call", content = _feed.Many(3900), feedback = _feed.Many(3900), nextStep = _feed.One(200), nextAt = TimeProvider.System.GetUtcNow().AddDays(1) }, also: 409);
            await Post($"{at}/touches", new { kind = "pageVisited", detail = _feed.One(200) });
            _ = i switch
            {
                0 => await Post($"{at}/transfer", new { to = await Representative(), reason = _feed.One(150) }, also: 409),
                1 => await Post($"{at}/return", new { reason = _feed.One(150) }, also: 409),
                2 => await Post($"{at}/invalidation", new { reason = "other", note = _feed.One(150) }, also: 422),
                3 => await Post($"{at}/adjustment-requests", new { reason = _feed.One(150) }, also: 409),
                _ => null,
            };
        }

        Pages.AddRange(["/", "/leads", "/leads?sort=score", "/pools", "/pools/general", "/pools/invalid", "/requests", "/violations", "/supervision", "/notices", "/reactivations", "/leads/new"]);
        Pages.AddRange(leads.Select(id => $"/leads/{id}"));
        Pages.AddRange(leads.Take(1).Select(id => $"/leads/{id}/log"));
    }

    private async Task<Guid?> Representative()
    {
        var people = await _api.GetFromJsonAsync<JsonElement>("/api/v1/users", Ct);
        return people.GetProperty("items").EnumerateArray().First(p => p.GetProperty("email").GetString() == "li@example.com").GetProperty("id").GetGuid();
    }

    private async Task Imports()
    {
        string[] headings = ["姓名", "手机", "公司", .. Enumerable.Range(0, 12).Select(_ => _feed.One(60))];
        string[][] rows = [headings, .. Enumerable.Range(0, 8).Select(r => (string[])[_feed.One(100), r < 6 ? $"1392000{r:0000}" : _feed.One(60), _feed.One(200), .. headings.Skip(3).Select(_ => _feed.One(200))])];
        foreach (var (name, content) in new[] { (_feed.One(80), Csv(rows)), (_feed.One(80), Sheet(rows)) })
        {
            using var body = new MultipartFormDataContent();
            var extension = content[0] == (byte)'P' ? ".xlsx" : ".csv";
            var part = new ByteArrayContent(content);
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileNameStar = name.Replace('/', ' ') + extension };
            body.Add(part);
            using var answer = await _api.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), body, Ct);
            var said = await answer.Content.ReadAsStringAsync(Ct);
            if (!answer.IsSuccessStatusCode)
            {
                Refused.Add($"import: {said}");
                continue;
            }

            var id = JsonSerializer.Deserialize<JsonElement>(said).GetProperty("import").GetProperty("id").GetGuid();
            Pages.AddRange([$"/imports/{id}/columns", $"/imports/{id}/difference", $"/imports/{id}"]);
        }

        Pages.AddRange(["/imports", "/imports/new"]);
    }

    // What an address carries and a page repeats.
    private void Reflections()
    {
        foreach (var way in Payloads.All.Where((_, n) => n % 23 == 0))
        {
            var q = Uri.EscapeDataString(way);
            Pages.Add((Pages.Count % 6) switch
            {
                0 => $"/leads?q={q}&tag={q}&channel={q}&campaign={q}&company={q}",
                1 => $"/search?q={q}",
                2 => $"/search/palette?q={q}",
                3 => $"/duplicates?company={q}&phone={q}",
                4 => $"/settings/people?q={q}&after={q}",
                _ => $"/nowhere/{q}?{q}",
            });
        }
    }

    private async Task<JsonElement?> Post(string path, object body, int also = 0)
    {
        using var answer = await _api.PostAsJsonAsync(path, body, Ct);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        if (!answer.IsSuccessStatusCode && (int)answer.StatusCode != also)
        {
            Refused.Add($"{path}: {(int)answer.StatusCode} {said[..Math.Min(said.Length, 400)]}");
            return null;
        }

        return answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonSerializer.Deserialize<JsonElement>(said) : null;
    }

    private static byte[] Csv(string[][] rows) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))));

    // The least that is a workbook.
    private static byte[] Sheet(string[][] rows)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Package = "http://schemas.openxmlformats.org/package/2006/";
            Add("[Content_Types].xml", $"{Head}<Types xmlns=\"{Package}content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
            Add("_rels/.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"r1\" Type=\"{Links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add("xl/_rels/workbook.xml.rels", $"{Head}<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"r1\" Type=\"{Links}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            Add("xl/workbook.xml", $"{Head}<workbook xmlns=\"{Main}\" xmlns:r=\"{Links}\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Add("xl/worksheets/sheet1.xml", $"{Head}<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows.Select(row => $"<row>{string.Concat(row.Select(cell => $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(cell)}</t></is></c>"))}</row>"))}</sheetData></worksheet>");

            void Add(string name, string text)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }
}
