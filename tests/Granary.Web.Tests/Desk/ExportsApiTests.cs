using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Desk;

/// <summary>Exports over HTTP: who may, the file, the answers to what cannot be done.</summary>
public sealed class ExportsApiTests
{
    private const string Exports = "/api/v1/exports";

    [Theory, OnBothDatabases]
    public async Task A_file_is_made_in_the_background_and_only_who_asked_downloads_it(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var (_, other) = await office.Hire("Li", "lead_administrator");
        await office.Submit(office.Lead("13800138000"));
        await Office.Post(seller, Exports, new { }, HttpStatusCode.Forbidden);

        var id = (await Office.Send(office.Admin, HttpMethod.Post, Exports, new { format = "xlsx", columns = new[] { "contact.name", "contact.phones" } }, HttpStatusCode.Created, ("Idempotency-Key", "one"))).GetProperty("id").GetGuid();
        Assert.Equal(id, (await Office.Send(office.Admin, HttpMethod.Post, Exports, new { format = "xlsx", columns = new[] { "contact.name", "contact.phones" } }, HttpStatusCode.Created, ("Idempotency-Key", "one"))).GetProperty("id").GetGuid());
        var ready = await Ended(office.Admin, id);
        Assert.Equal(("ready", 1), (ready.GetProperty("state").GetString(), ready.GetProperty("rowsDone").GetInt32()));
        using var file = await office.Admin.GetAsync(new Uri($"{Exports}/{id}/file", UriKind.Relative), Office.Ct);
        Assert.Equal(("attachment", ready.GetProperty("size").GetInt64()), (file.Content.Headers.ContentDisposition?.DispositionType, (await file.Content.ReadAsByteArrayAsync(Office.Ct)).Length));

        await Office.Send(other, HttpMethod.Get, $"{Exports}/{id}/file", null, HttpStatusCode.NotFound);
        await Office.Send(other, HttpMethod.Get, $"{Exports}/{id}", null, HttpStatusCode.NotFound);
        await Office.Send(seller, HttpMethod.Get, $"{Exports}/{id}", null, HttpStatusCode.NotFound);
        Assert.Single((await Office.Get(office.Admin, Exports)).GetProperty("items").EnumerateArray());
        Assert.Empty((await Office.Get(other, Exports)).GetProperty("items").EnumerateArray());
        Assert.Equal("export_ended", Code(await Office.Post(office.Admin, $"{Exports}/{id}/cancellation", new { }, HttpStatusCode.Conflict)));
        Assert.Single((await Office.Get(office.Admin, "/api/v1/audit?kind=export.downloaded")).GetProperty("items").EnumerateArray());
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_exported_is_named(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        Assert.Equal(("query", "nothing_to_export"), Error(await Office.Post(office.Admin, Exports, new { }, HttpStatusCode.UnprocessableEntity)));
        await office.Submit(office.Lead());
        Assert.Equal(("columns", "required"), Error(await Office.Post(office.Admin, Exports, new { columns = Array.Empty<string>() }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(("columns[1]", "unknown"), Error(await Office.Post(office.Admin, Exports, new { columns = new[] { "id", "password" } }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(("query.status", "unknown"), Error(await Office.Post(office.Admin, Exports, new { query = "status=gone" }, HttpStatusCode.UnprocessableEntity)));
        Assert.Equal(("plain", "not_permitted"), Error(await Office.Post(office.Admin, Exports, new { plain = true }, HttpStatusCode.UnprocessableEntity)));
    }

    private static (string?, string?) Error(JsonElement problem) => (problem.GetProperty("errors")[0].GetProperty("field").GetString(), problem.GetProperty("errors")[0].GetProperty("code").GetString());

    private static string? Code(JsonElement problem) => problem.GetProperty("code").GetString();

    private static async Task<JsonElement> Ended(HttpClient client, Guid id)
    {
        for (var patience = 0; ; patience++)
        {
            var now = await Office.Get(client, $"{Exports}/{id}");
            if (now.GetProperty("state").GetString() != "running" || patience > 600)
            {
                return now;
            }

            await Task.Delay(100, Office.Ct);
        }
    }
}
