using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Granary.Application.Capture;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Intake.Import;

public sealed class ImportsApiTests
{
    private const string Imports = "/api/v1/imports", File = "姓名,电话\n张三,13800138000\n李四,\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_file_is_uploaded_confirmed_watched_and_taken_back(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);

        var uploaded = await Upload(office.Admin, File);
        var id = uploaded.GetProperty("import").GetProperty("id").GetGuid();
        var refused = await Office.Post(office.Admin, $"{Imports}/{id}/confirmation", new { }, HttpStatusCode.UnprocessableEntity);
        var confirmation = new { mapping = new { columns = new Dictionary<string, string> { ["姓名"] = "contact.name", ["电话"] = "contact.phones" }, constants = new { channel = "展会/上海" } }, mode = "create" };
        await Office.Post(office.Admin, $"{Imports}/{id}/confirmation", confirmation);
        var done = await Done(office.Admin, id);
        var errors = await office.Admin.GetStringAsync($"{Imports}/{id}/errors", Ct);
        var taken = await Office.Post(office.Admin, $"{Imports}/{id}/reversal", null);
        var twice = await Office.Post(office.Admin, $"{Imports}/{id}/reversal", null, HttpStatusCode.Conflict);
        var list = await Office.Get(office.Admin, Imports);

        Assert.Equal(["channel"], uploaded.GetProperty("missing").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("contact.phones", uploaded.GetProperty("mapping").GetProperty("columns").GetProperty("电话").GetString());
        Assert.Equal("missing_required_columns", refused.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal(("done", 1, 1, 2), (done.GetProperty("state").GetString(), done.GetProperty("created").GetInt32(), done.GetProperty("failed").GetInt32(), done.GetProperty("rowsDone").GetInt32()));
        Assert.Contains("李四,,3,", errors, StringComparison.Ordinal);
        Assert.Equal("reverted", taken.GetProperty("state").GetString());
        Assert.Equal("import_not_ended", twice.GetProperty("code").GetString());
        Assert.Equal(id, Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(LeadStatus.Voided, (await office.Read(db => db.Set<Lead>().SingleAsync(Ct))).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_touched_import_is_not_taken_back_and_a_foreign_one_is_not_there(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, marketer) = await office.Hire("Marketer", "marketing_specialist");
        var (_, seller) = await office.Hire("Seller");
        var id = (await Upload(office.Admin, File)).GetProperty("import").GetProperty("id").GetGuid();
        await Office.Post(office.Admin, $"{Imports}/{id}/confirmation", new { mapping = new { columns = new Dictionary<string, string> { ["姓名"] = "contact.name", ["电话"] = "contact.phones" }, constants = new { channel = "展会/上海" } } });
        await Done(office.Admin, id);
        var lead = (await office.Read(db => db.Set<Lead>().SingleAsync(Ct))).Id;
        await Office.Post(office.Admin, $"/api/v1/leads/{lead}/touches", new { kind = "pageVisited" });

        var touched = await Office.Post(office.Admin, $"{Imports}/{id}/reversal", null, HttpStatusCode.Conflict);
        var foreign = await marketer.GetAsync($"{Imports}/{id}", Ct);
        var forbidden = await seller.GetAsync(Imports, Ct);

        Assert.Equal(("import_touched", 1), (touched.GetProperty("code").GetString(), touched.GetProperty("leads").GetInt32()));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_or_is_too_large_is_refused_in_words()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);

        var unusable = await Upload(office.Admin, "%PDF-1.7", HttpStatusCode.UnprocessableEntity);
        var large = await Upload(office.Admin, new string('x', (64 << 20) + 1), HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal(("unusable_file", "unknown_format"), (unusable.GetProperty("code").GetString(), unusable.GetProperty("errors")[0].GetProperty("code").GetString()));
        Assert.Equal("body_too_large", large.GetProperty("code").GetString());
    }

    private static async Task<JsonElement> Upload(HttpClient client, string text, HttpStatusCode expected = HttpStatusCode.Created)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "leads.csv");
        using var answer = await client.PostAsync(Imports, form, Ct);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{(int)answer.StatusCode} {said}");
        return JsonSerializer.Deserialize<JsonElement>(said);
    }

    private static async Task<JsonElement> Done(HttpClient client, Guid id)
    {
        while (true)
        {
            var import = await Office.Get(client, $"{Imports}/{id}");
            if (import.GetProperty("state").GetString() != "running")
            {
                return import;
            }

            await Task.Delay(100, Ct);
        }
    }
}
