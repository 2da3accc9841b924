using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.People;
using Granary.Application.Qualification.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Import;

/// <summary>
/// Brings opportunities of known accounts in from files, by the rules of conversion and of <see cref="EditOpportunity"/>: a new one has the
/// next inquiry code and begins in its line's first stage; one that is there is found by its code, else by its account and name. Stage,
/// grades and owner of one that is there have verbs of their own and are not changed by a file.
/// </summary>
public sealed class OpportunityImport(Vault vault) : RecordImport
{
    private static readonly RecordField[] Own =
    [
        new("code", "商机编号 询价编号 询价码 机会编号 项目编号 编号 编码 code inquirycode opportunitycode opportunityid id"),
        new("name", "商机 商机名称 机会名称 机会点 项目 项目名称 名称 name opportunity opportunityname dealname deal project projectname"),
        new("account", "客户 客户名称 公司 公司名称 企业名称 单位名称 account accountname company companyname customer customername"),
        new("creditCode", "统一社会信用代码 社会信用代码 信用代码 税号 creditcode uscc"),
        new("owner", "负责人 商机负责人 归属人 所有人 销售 销售代表 owner ownername salesrep"),
        new("line", "业务线 businessline line"),
        new("productLine", "产品线 产品 productline product"),
        new("amount", "金额 商机金额 预计金额 预计销售金额 合同金额 amount value dealvalue expectedamount"),
        new("expectedOn", "预计成交 预计成交日期 预计成交时间 预计签单日期 预计签约日期 预计赢单日期 预计月份 expectedon expectedmonth expectedclose closedate expectedclosedate"),
    ];

    /// <inheritdoc />
    public override ImportKind Kind => ImportKind.Opportunities;

    /// <inheritdoc />
    public override Permission Permission => Permission.EditOpportunities;

    /// <inheritdoc />
    public override IReadOnlyList<string> KeyFields { get; } = ["code", "name"];

    /// <inheritdoc />
    public override IReadOnlyList<RecordField> Fields(Setting setting) => [.. Own, .. RecordField.Of(setting.Fields.Of(CustomFieldOwner.Opportunity))];

    /// <inheritdoc />
    public override IReadOnlyList<string> Required(ImportMode mode) => mode == ImportMode.Update ? [] : ["name", "account|creditCode", "amount"];

    /// <inheritdoc />
    internal override async Task<IReadOnlyList<RecordOutcome>> Land(RecordChunk chunk, CancellationToken ct)
    {
        var rows = chunk.Rows.Select(r => new OpportunityRow(r, chunk.Setting)).ToList();
        var (codes, names) = (rows.Select(r => r.Code).OfType<string>().Distinct().ToArray(), rows.Select(r => r.Name).OfType<string>().Distinct().ToArray());
        if (chunk.Trial is null && !chunk.Scope.Store.IsSqlite)
        {
            // Two who bring in opportunities at once do so one after the other, so that nothing is made twice.
            await chunk.Db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtextextended('opportunity_import', 0))", ct);
        }

        var book = await AccountBook.Open(
            chunk.Db, vault, chunk.Setting, rows.Select(r => r.Account).OfType<CompanyName>(), rows.Select(r => r.CreditCode).OfType<string>(), tracked: false, new Dictionary<string, object>(), ct);
        var accounts = book.Accounts.Keys.ToArray();
        var stored = chunk.Db.Set<Opportunity>().Where(o => codes.Contains(o.Code) || (accounts.Contains(o.AccountId) && names.Contains(o.Name))).OrderBy(o => o.Id);
        var work = new OpportunityWork(chunk.Scope, chunk.Setting, chunk.Now, chunk.Viewer);
        var landing = new OpportunityLanding(chunk, work, book, await (chunk.Trial is null ? stored : stored.AsNoTracking()).ToListAsync(ct));
        var outcomes = rows.ConvertAll(landing.Land);
        if (chunk.Trial is null)
        {
            await InquiryCodes.Give(chunk.Scope, chunk.Setting, chunk.Now, landing.Made, ct);
            landing.Write();
            await work.Save(ct);
        }

        return outcomes;
    }
}
