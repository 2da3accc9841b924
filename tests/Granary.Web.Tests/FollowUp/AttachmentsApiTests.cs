using System.Net;
using System.Net.Http.Headers;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.FollowUp;

public sealed class AttachmentsApiTests
{
    private const string Content = "已电话沟通需求，客户希望下周看演示";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_file_is_uploaded_downloaded_as_a_download_and_out_of_reach_for_others(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (_, li) = await office.Hire("Li");
        var followUp = (await Office.Post(zhang, $"/api/v1/leads/{lead}/follow-ups", new { method = "call", content = Content })).GetProperty("id").GetGuid();
        var path = $"/api/v1/leads/{lead}/follow-ups/{followUp}/attachments";

        using (var refused = await Upload(zhang, path, "a.exe", [.. "MZ"u8]))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("file_kind", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        using (var taken = await Upload(zhang, path, "报价.pdf", [.. "%PDF-1.7"u8]))
        {
            Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        }

        var listed = (await Office.Get(zhang, $"/api/v1/leads/{lead}/follow-ups")).GetProperty("items")[0];
        var file = listed.GetProperty("attachments")[0];
        Assert.Equal("application/pdf", file.GetProperty("type").GetString());
        using var got = await zhang.GetAsync($"{path}/{file.GetProperty("id").GetGuid()}", Ct);
        Assert.Equal(("attachment", "nosniff"), (got.Content.Headers.ContentDisposition!.DispositionType, got.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal("%PDF-1.7"u8.ToArray(), await got.Content.ReadAsByteArrayAsync(Ct));
        await Office.Send(li, HttpMethod.Get, $"{path}/{file.GetProperty("id").GetGuid()}", null, HttpStatusCode.NotFound);
        var told = (await Office.Get(office.Admin, $"/api/v1/leads/{lead}/timeline")).GetProperty("items").EnumerateArray();
        Assert.Single(told, e => e.GetProperty("kind").GetString() == "lead.file_opened");
        await Office.Send(zhang, HttpMethod.Delete, $"{path}/{file.GetProperty("id").GetGuid()}", null, HttpStatusCode.NoContent);
        Assert.Equal(0, (await Office.Get(zhang, $"/api/v1/leads/{lead}/follow-ups")).GetProperty("items")[0].GetProperty("attachments").GetArrayLength());
    }

    [Theory, OnBothDatabases]
    public async Task A_record_is_corrected_and_a_next_step_completed(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var followUp = (await Office.Post(zhang, $"/api/v1/leads/{lead}/follow-ups", new { method = "call", content = Content, nextStep = "演示" })).GetProperty("id").GetGuid();

        var corrected = await Office.Post(zhang, $"/api/v1/leads/{lead}/follow-ups/{followUp}/corrections", new { content = "线上会议沟通需求，约定周三演示", method = "meeting" });
        Assert.Equal(("meeting", 1), (corrected.GetProperty("method").GetString(), corrected.GetProperty("corrections").GetInt32()));
        var problem = await Office.Post(office.Admin, $"/api/v1/leads/{lead}/follow-ups/{followUp}/corrections", new { content = Content }, HttpStatusCode.Conflict);
        Assert.Equal("not_author", problem.GetProperty("code").GetString());
        await Office.Post(zhang, $"/api/v1/leads/{lead}/next-step-completion", new { });
    }

    [Theory, OnBothDatabases]
    public async Task Templates_are_kept_changed_filled_and_deleted(DatabaseKind kind)
    {
        const string path = "/api/v1/follow-up-templates";
        await using var office = await Office.Open(kind);
        var (_, zhang) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var id = (await Office.Post(zhang, path, new { name = "首次电话", method = "call", content = "已致电{contact}" })).GetProperty("id").GetGuid();

        await Office.Post(zhang, path, new { name = "大家的", method = "call", content = "x", shared = true }, HttpStatusCode.UnprocessableEntity);
        await Office.Send(office.Admin, HttpMethod.Patch, $"{path}/{id}", new { name = "b" }, HttpStatusCode.NotFound);
        Assert.Equal(3, (await Office.Send(zhang, HttpMethod.Patch, $"{path}/{id}", new { nextInDays = 3 }, HttpStatusCode.OK)).GetProperty("nextInDays").GetInt32());
        Assert.Equal("已致电张三", (await Office.Get(zhang, $"{path}?lead={lead}")).GetProperty("items")[0].GetProperty("filled").GetString());
        await Office.Send(zhang, HttpMethod.Delete, $"{path}/{id}", null, HttpStatusCode.NoContent);
    }

    private static async Task<HttpResponseMessage> Upload(HttpClient client, string path, string name, byte[] content)
    {
        using var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var form = new MultipartFormDataContent { { part, "files", name } };
        return await client.PostAsync(path, form, Ct);
    }
}
