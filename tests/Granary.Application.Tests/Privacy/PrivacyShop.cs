using Granary.Application.Analytics;
using Granary.Application.Campaigns;
using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Privacy.Exports;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Review;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Privacy;

/// <summary>A shop with a privacy desk.</summary>
internal sealed class PrivacyShop(Shop shop)
{
    public Shop Shop => shop;

    public PersonRecords Records { get; } = new(
        [
            new LeadPersonPart(), new KeptSubmissionPersonPart(), new DecisionPersonPart(), new ConsentPersonPart(), new AnswerPersonPart(), new ExportPersonPart(), new LogPersonPart(), new BlacklistPersonPart(), new ContactPersonPart(),
            new ImportPersonPart(), new TouchPersonPart(), new VisitorPersonPart(), new OwnershipPersonPart(), new LeadRequestPersonPart(), new FollowUpPersonPart(), new AttachmentPersonPart(), new ViolationPersonPart(),
            new AccountContactPersonPart(), new AccountPersonPart(), new OpportunityPersonPart(), new OpportunityPaperPersonPart(), new OpportunityWordsPersonPart(), new OpportunityLogPersonPart(),
            new ReviewPersonPart(), new LeadPaperPersonPart(), new NamedPersonPart(), new PartnerPersonPart(), new FactPersonPart(), new CampaignPersonPart(),
        ],
        PersonTraces.Read);

    public ErasureMemory Memory => field ??= new ErasureMemory(shop.Store, Records, shop.Time);

    public SavePersonRequest Saving => new(shop.Store, shop.Vault, shop.Settings, Records, shop.Time);

    public AnswerPersonRequest Answering => new(shop.Store, shop.Vault, shop.Settings, Records, Memory, shop.Time);

    public ReadPersonRequests Reading => new(shop.Store, shop.Vault, Records, shop.Time);

    public RunRetention Retention => new(shop.Store, shop.Vault, shop.Settings, Records, shop.Time);

    public RemindPersonRequests Reminding => new(shop.Store, shop.Settings, shop.Time);

    public HoldLead Holding => new(shop.Store, shop.Time);

    public LiftRestriction Lifting => new(shop.Store, shop.Time);

    /// <summary>Hires somebody who manages privacy.</summary>
    public async Task<Viewer> Officer() => await shop.As(await shop.Hire("周", "legal"));

    /// <summary>Records a request of a person who was identified.</summary>
    public async Task<PersonRequest> Ask(Viewer officer, PersonRequestKind kind, string person, PersonCorrection? correction = null, string? identity = "身份证件已核对") =>
        Assert.IsType<PrivacyResult<PersonRequest>.Done>(await Saving.Record(officer, new PersonRequestInput(kind, null, [person], [], identity, null, correction), Shop.Ct)).Value;

    /// <summary>Does what a request asks for.</summary>
    public async Task<PersonRequest> Do(Viewer officer, Guid request) =>
        Assert.IsType<PrivacyResult<PersonRequest>.Done>(await Answering.Answer(officer, request, new PersonRequestAnswer(PersonRequestState.Done, null), ct: Shop.Ct)).Value;

    /// <summary>The tables in which a text stands, whatever they are; sealed values are no text.</summary>
    public async Task<IReadOnlyList<string>> TablesWith(string text)
    {
        await using var db = shop.Store.Open();
        var tables = db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().ToList();
        List<string> found = [];
        foreach (var table in tables)
        {
            var columns = db.Model.GetEntityTypes().Where(t => t.GetTableName() == table && !t.IsMappedToJson()).SelectMany(t => t.GetProperties())
                .Where(p => (p.GetTypeMapping().Converter?.ProviderClrType ?? p.ClrType) == typeof(string)).Select(p => p.GetColumnName()).Distinct().ToList();
            foreach (var column in columns)
            {
                var sql = $"SELECT count(*) AS \"Value\" FROM \"{table}\" WHERE \"{column}\" LIKE {{0}}";
                if (await db.Database.SqlQueryRaw<long>(sql, $"%{text}%").SingleAsync(Shop.Ct) > 0)
                {
                    found.Add($"{table}.{column}");
                }
            }
        }

        return found;
    }

    /// <summary>How many leads there are by what reports count.</summary>
    public Task<List<string>> Counts() => shop.Read(async db =>
    {
        var leads = await db.Set<Lead>().Select(l => new { l.ChannelId, l.Campaign, l.Status, l.OwnerId, l.PoolId, l.Stage, l.Score, l.BudgetMax, l.ReceivedAt, l.CompanyName }).ToListAsync(Shop.Ct);
        var touches = await db.Set<Touch>().CountAsync(Shop.Ct);
        var followUps = await db.Set<FollowUpRecord>().GroupBy(f => new { f.AuthorId, f.Counted }).Select(g => new { g.Key.AuthorId, g.Key.Counted, Count = g.Count() }).ToListAsync(Shop.Ct);
        var ownerships = await db.Set<OwnershipRecord>().Select(o => new { o.OwnerId, o.Acquired, o.From, o.Ended, o.To }).ToListAsync(Shop.Ct);
        return leads.Select(l => l.ToString()!).Concat(followUps.Select(f => f.ToString()!)).Concat(ownerships.Select(o => o.ToString()!)).Append($"touches {touches}").Order(StringComparer.Ordinal).ToList();
    });
}
