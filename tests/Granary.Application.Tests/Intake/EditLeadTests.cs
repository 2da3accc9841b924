using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake;

public sealed class EditLeadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task An_edit_is_recorded_before_and_after_and_scores_the_lead_anew(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司"));
        var (fields, version) = (await shop.Editing.Begin(zhang, landing.LeadId, Ct))!.Value;

        var result = await shop.Editing.Save(
            zhang, landing.LeadId, fields with { Company = fields.Company with { Name = "上海启明医疗器械有限公司", Size = CompanySize.Small }, Contact = fields.Contact with { Role = BuyingRole.User } }, version, Ct);

        Assert.IsType<LeadResult.Done>(result);
        var lead = await shop.Stored(landing.LeadId);
        Assert.Equal(("上海启明医疗器械有限公司", "上海", 40, 2), (lead.CompanyName, lead.Region, lead.Score, lead.Version));
        Assert.StartsWith("启明", lead.CompanyKey, StringComparison.Ordinal);
        var change = await shop.Read(db => db.Set<EventRecord>().SingleAsync(e => e.Kind == LeadEvent.Edited, Ct));
        Assert.Contains(Json.Read<EditedData>(change.Data).Changes, c => c == new FieldChange("company.size", "Large", "Small"));
    }

    [Theory, OnBothDatabases]
    public async Task A_phone_that_was_taken_away_no_longer_matches_and_the_new_one_does(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var (old, now) = (shop.NewPhone(), shop.NewPhone());
        var first = await shop.Submit(shop.Lead(old));
        var second = await shop.Submit(shop.Lead(old));
        var (fields, version) = (await shop.Editing.Begin(zhang, first.LeadId, Ct))!.Value;

        Assert.IsType<LeadResult.Done>(await shop.Editing.Save(zhang, first.LeadId, fields with { Contact = fields.Contact with { Phones = [now] } }, version, Ct));

        Assert.Equal(first.LeadId, (await shop.Submit(shop.Lead(now))).SourceLeadId);
        // The second held the old number too; whoever comes next finds it, and through it the source.
        Assert.Equal((LandingOutcome.Linked, first.LeadId), (await shop.Submit(shop.Lead(old))) is var l ? (l.Outcome, l.SourceLeadId!.Value) : default);
        var log = await shop.Read(db => db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Ct));
        Assert.DoesNotContain(log, data => data.Contains(now, StringComparison.Ordinal) || data.Contains(old, StringComparison.Ordinal));
        Assert.NotEqual(second.LeadId, first.LeadId);
    }

    [Theory, OnBothDatabases]
    public async Task A_masked_number_sent_back_is_refused_and_nothing_may_be_emptied_that_is_required(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead());
        var (fields, version) = (await shop.Editing.Begin(zhang, landing.LeadId, Ct))!.Value;

        var masked = await shop.Editing.Save(zhang, landing.LeadId, fields with { Contact = fields.Contact with { Phones = ["139****0001"] } }, version, Ct);
        var emptied = await shop.Editing.Save(zhang, landing.LeadId, fields with { Contact = new ContactDetails() }, version, Ct);
        var same = await shop.Editing.Save(zhang, landing.LeadId, fields, version, Ct);

        Assert.Equal("contact.phones[0]", Assert.Single(Assert.IsType<LeadResult.Invalid>(masked).Errors).Field);
        Assert.Equal(["contact.name", "contact"], Assert.IsType<LeadResult.Invalid>(emptied).Errors.Select(e => e.Field));
        Assert.Equal(1, Assert.IsType<LeadResult.Done>(same).Lead.Version);
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_who_edit_one_version_the_second_is_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var landing = await shop.Submit(shop.Lead());
        var (fields, version) = (await shop.Editing.Begin(zhang, landing.LeadId, Ct))!.Value;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => shop.Editing.Save(zhang, landing.LeadId, fields with { Requirement = $"{i}" }, version, Ct)));

        Assert.Single(results, r => r is LeadResult.Done);
        Assert.Equal(3, results.Count(r => r is LeadResult.Stale(2)));
    }
}
