using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Tests.Opportunities;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

public sealed class OpportunityImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Opportunities_of_known_accounts_come_in_with_codes_of_their_own(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Publish(PolicyKind.Fields, new CustomFieldsPolicy { Fields = [new CustomField { Key = "seats", Name = "席位", Owner = CustomFieldOwner.Opportunity, Kind = CustomFieldKind.Number }] });
        var (viewer, files) = await Ready(shop);

        var import = await files.Import(viewer, ImportKind.Opportunities, "商机名称,客户,金额,预计成交日期,产品线,席位\nCRM 一期,北京纷扬科技有限公司,50万,2026年12月,CRM,20\n设备,上海启明医疗器械有限公司,\"1,200.50\",,,\n无主,广州远大机械有限公司,1,,,\n");

        Assert.Equal((2, 1), (import.Created, import.Failed));
        Assert.Equal([(4, "account", "no_such_account")], await files.Failures(import.Id));
        var made = await shop.Read(db => db.Set<Opportunity>().OrderByDescending(o => o.Amount).ToListAsync(Ct));
        Assert.Equal([("CRM 一期", 500_000m, InquiryGrade.D, viewer.UserId), ("设备", 1_200.50m, InquiryGrade.D, viewer.UserId)], made.Select(o => (o.Name, o.Amount, o.Inquiry, o.OwnerId)));
        Assert.Equal(2, made.Select(o => o.Code).Where(c => c.Length > 0).Distinct().Count());
        Assert.Equal((new DateOnly(2026, 12, 31), "20"), (made[0].ExpectedOn, OpportunityEdit.CustomOf(made[0])["seats"]));
        // A lead that is converted afterwards takes the next number of the series.
        var (_, lead) = await shop.OwnedLead("深圳新锐电子有限公司", "Wang");
        Assert.DoesNotContain((await Converted(shop, lead)).Code, made.Select(o => o.Code));
    }

    [Theory, OnBothDatabases]
    public async Task The_same_file_makes_nothing_twice_and_updates_go_by_code_or_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, files) = await Ready(shop);
        const string text = "商机名称,客户,金额\nCRM,北京纷扬科技有限公司,500000\n设备,上海启明医疗器械有限公司,300000\n";
        await files.Import(viewer, ImportKind.Opportunities, text);

        var again = await files.Import(viewer, ImportKind.Opportunities, text);
        Assert.Equal((0, 0, 2), (again.Created, again.Failed, again.Repeated));
        var refused = await files.Import(viewer, ImportKind.Opportunities, text.Replace("500000", "600000", StringComparison.Ordinal));
        Assert.Equal([(2, "name", "duplicate")], await files.Failures(refused.Id));

        var code = (await shop.Read(db => db.Set<Opportunity>().SingleAsync(o => o.Name == "CRM", Ct))).Code;
        var byCode = await files.Import(viewer, ImportKind.Opportunities, $"询价编号,金额\n{code},700000\nnothing,1\n", ImportMode.Update, "code");
        Assert.Equal((1, 1), (byCode.Refreshed, byCode.Failed));
        Assert.Equal([(3, "code", "not_found")], await files.Failures(byCode.Id));
        var trial = await files.Try(viewer, ImportKind.Opportunities, text + "培训,北京纷扬科技有限公司,5\n培训,北京纷扬科技有限公司,6\n", ImportMode.Upsert, "name");
        Assert.Equal((2, 1, 1, 0), (trial.Counts.Refreshed, trial.Counts.Created, trial.Counts.Repeated, trial.Counts.Failed));
        var byName = await files.Import(viewer, ImportKind.Opportunities, text, ImportMode.Upsert, "name");
        Assert.Equal((1, 1), (byName.Refreshed, byName.Repeated));
        Assert.Equal(500_000m, (await shop.Read(db => db.Set<Opportunity>().SingleAsync(o => o.Code == code, Ct))).Amount);
    }

    [Theory, OnBothDatabases]
    public async Task Whose_it_is_and_its_line_are_not_changed_by_a_file_and_foreign_ones_are_not_reached(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (viewer, files) = await Ready(shop);
        var li = await shop.As(await shop.Hire("Li"));
        await files.Import(viewer, ImportKind.Opportunities, "商机名称,客户,金额\nCRM,北京纷扬科技有限公司,500000\n");
        var code = (await shop.Read(db => db.Set<Opportunity>().SingleAsync(Ct))).Code;

        var moved = await files.Import(viewer, ImportKind.Opportunities, $"询价编号,负责人\n{code},Li\n", ImportMode.Update, "code");
        var foreign = await files.Import(li, ImportKind.Opportunities, $"询价编号,金额\n{code},1\n", ImportMode.Update, "code");
        var given = await files.Import(viewer, ImportKind.Opportunities, "商机名称,客户,金额,负责人\n新项目,北京纷扬科技有限公司,1,Li\n坏数,北京纷扬科技有限公司,-1,\n");

        Assert.Equal([(2, "owner", "not_changed_by_import")], await files.Failures(moved.Id));
        Assert.Equal([(2, "code", "not_found")], await files.Failures(foreign.Id));
        Assert.Equal([(2, "owner", "unknown_value"), (3, "amount", "invalid_amount")], await files.Failures(given.Id));
    }

    private static async Task<(Viewer Viewer, RecordFiles Files)> Ready(Shop shop)
    {
        var viewer = await shop.As(await shop.Hire("Zhang"));
        var files = new RecordFiles(shop);
        await files.Import(viewer, ImportKind.Accounts, "公司名称,省份\n北京纷扬科技有限公司,北京市\n上海启明医疗器械有限公司,上海市\n");
        return (viewer, files);
    }

    private static async Task<Opportunity> Converted(Shop shop, Guid lead)
    {
        var owner = await shop.As((await shop.Stored(lead)).OwnerId!.Value);
        await shop.Converting.Convert(owner, lead, new ConversionInput(Deals.All), ct: Ct);
        return await shop.Read(db => db.Set<Opportunity>().SingleAsync(o => o.LeadId == lead, Ct));
    }
}
