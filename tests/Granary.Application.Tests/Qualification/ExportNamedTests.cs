using System.Text;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class ExportNamedTests
{
    private static readonly NamedWording Words = new()
    {
        Heading = c => c,
        Stage = s => WireName.Of(s),
        Instrument = i => WireName.Of(i),
        Person = _ => "Zhang",
        Watermark = (who, _, _, rows) => $"{who}, {rows} rows",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_list_is_taken_out_marked_logged_and_not_beyond_what_needs_no_approval(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (boss, seller) = (await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator)), await shop.As(await shop.Hire("Zhang")));
        var list = Assert.IsType<AccountResult<NamedList>.Done>(await shop.Lists.Create(seller, new NamedListInput("百强", false, "ranking", seller.UserId, null), Ct)).Record;
        var saving = new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time);
        await new NameAccounts(shop.Store, shop.Vault, shop.Settings, saving, shop.Time).Import(seller, list.Id, ["=北京纷扬科技有限公司", "上海数聚软件有限公司"], Ct);
        var export = new ExportNamed(shop.Store, shop.Settings, shop.NamedReading, shop.Time);

        Assert.Equal("forbidden", Assert.IsType<AccountResult<byte[]>.Refused>(await export.File(seller, new NamedFilter(list.Id), ExportFormat.Csv, Words, Ct)).Code);
        Assert.IsType<AccountResult<byte[]>.NotFound>(await export.File(boss, new NamedFilter(Guid.NewGuid()), ExportFormat.Csv, Words, Ct));
        var text = Encoding.UTF8.GetString(Assert.IsType<AccountResult<byte[]>.Done>(await export.File(boss, new NamedFilter(list.Id), ExportFormat.Csv, Words, Ct)).Record);
        var rows = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((4, "Boss, 2 rows"), (rows.Length, rows[^1].Trim('"')));
        Assert.Contains("stranger", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain(rows, r => r.StartsWith('='));
        Assert.Equal(1, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == NamedEvent.Exported && e.SubjectId == list.Id && e.ActorId == boss.UserId, Ct)));

        await shop.Publish(PolicyKind.Exports, ExportPolicy.BuiltIn with { ApprovalAbove = 1 });
        var refused = Assert.IsType<AccountResult<byte[]>.Refused>(await export.File(boss, new NamedFilter(list.Id), ExportFormat.Csv, Words, Ct));
        Assert.Equal(("too_many_rows", "1"), (refused.Code, refused.Missing.Single()));
        Assert.IsType<AccountResult<byte[]>.Done>(await export.File(boss, new NamedFilter(list.Id, Q: "数聚"), ExportFormat.Csv, Words, Ct));
    }
}
