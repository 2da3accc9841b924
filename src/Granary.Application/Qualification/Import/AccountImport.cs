using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Qualification.Import;

/// <summary>
/// Brings accounts in from files, by the rules of <see cref="SaveAccount"/>. An account is found by its credit code, else by its exact name;
/// to create one that is there is an error, unless it says what the row says. Whoever imports has to reach each owner.
/// </summary>
public sealed class AccountImport(Vault vault, TimeProvider time) : RecordImport
{
    private static readonly RecordField[] Own =
    [
        new("name", "公司 公司名称 公司名 公司全称 企业 企业名称 企业全称 单位 单位名称 客户 客户名称 客户全称 客户公司 company companyname account accountname name customer customername organization organisation"),
        new("creditCode", "统一社会信用代码 社会信用代码 信用代码 税号 纳税人识别号 creditcode uscc unifiedsocialcreditcode"),
        new("owner", "负责人 客户负责人 归属人 所有人 客户经理 销售 销售代表 owner accountowner ownername salesrep"),
        new("industry", "行业 所属行业 所在行业 客户行业 industry sector"),
        new("size", "规模 公司规模 企业规模 客户规模 人员规模 size companysize"),
        new("headcount", "人数 员工数 员工人数 公司人数 企业人数 headcount employees numberofemployees employeecount"),
        new("province", "省份 省 所在省份 所属省份 province state"),
        new("city", "城市 市 所在城市 所属城市 city town"),
        new("tier", "等级 客户等级 级别 客户级别 客户分层 分层 tier level accounttier"),
        new("website", "网站 网址 官网 公司网址 公司官网 website url web homepage"),
        new("sites", "地址 厂区 分支机构 场所 地点 公司地址 sites site address addresses locations"),
        new("pastOrders", "历史订单 过往订单 已购产品 pastorders orders"),
        new("competitors", "竞争对手 竞品 友商 competitors competitor"),
        new("note", "备注 说明 描述 note notes remark remarks description comment comments"),
    ];

    /// <inheritdoc />
    public override ImportKind Kind => ImportKind.Accounts;

    /// <inheritdoc />
    public override Permission Permission => Permission.ManageAccounts;

    /// <inheritdoc />
    public override IReadOnlyList<string> KeyFields { get; } = ["name", "creditCode"];

    /// <inheritdoc />
    public override IReadOnlyList<RecordField> Fields(Setting setting) => [.. Own, .. RecordField.Of(setting.Fields.Of(CustomFieldOwner.Account))];

    /// <inheritdoc />
    public override IReadOnlyList<string> Required(ImportMode mode) => mode == ImportMode.Update ? [] : ["name"];

    /// <inheritdoc />
    internal override async Task<IReadOnlyList<RecordOutcome>> Land(RecordChunk chunk, CancellationToken ct)
    {
        var rows = chunk.Rows.Select(r => new AccountRow(r, chunk.Setting)).ToList();
        if (chunk.Trial is null)
        {
            await CompanyLock.TakeAll(chunk.Scope, rows.Select(r => r.Name).OfType<CompanyName>(), rows.Select(r => r.CreditCode).OfType<string>(), ct);
        }

        var book = await AccountBook.Open(
            chunk.Db, vault, chunk.Setting, rows.Select(r => r.Name).OfType<CompanyName>(), rows.Select(r => r.CreditCode).OfType<string>(),
            chunk.Trial is null, chunk.Trial ?? new Dictionary<string, object>(), ct);
        var landing = new AccountLanding(chunk, book, time);
        var outcomes = rows.ConvertAll(landing.Land);
        if (chunk.Trial is null && landing.Touched.Count > 0)
        {
            await chunk.Db.SaveChangesAsync(ct);
            await AccountIndex.Refresh(chunk.Db, vault, chunk.Setting, [.. landing.Touched], ct);
            await chunk.Db.SaveChangesAsync(ct);
        }

        return outcomes;
    }
}
