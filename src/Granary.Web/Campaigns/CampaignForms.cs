using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.Opportunities;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Campaigns;

/// <summary>Forms of the pages of campaigns; each leads back to its page, which says what became of it.</summary>
internal static class CampaignForms
{
    public static void MapCampaignForms(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/campaigns/{id:guid}");
        one.MapPost("/stage", Move).Require(Permission.EditCampaigns);
        one.MapPost("/decision", Decide).Require(Permission.ApproveCampaigns);
        one.MapPost("/items", AddItem).Require(Permission.EditCampaigns);
        one.MapPost("/items/{item:guid}", ChangeItem).Require(Permission.EditCampaigns);
        one.MapPost("/items/{item:guid}/closing", CloseItem).Require(Permission.ViewCampaigns);
        one.MapPost("/costs", SaveCost).Require(Permission.EditCampaigns);
        one.MapPost("/costs/{cost:guid}/removal", RemoveCost).Require(Permission.EditCampaigns);
        one.MapPost("/invitations", Invite).Require(Permission.EditCampaigns);
        one.MapPost("/invitations/{invitation:guid}/answer", Answer).Require(Permission.ViewCampaigns);
        one.MapPost("/invitations/{invitation:guid}/check-in", CheckIn).Require(Permission.JoinCampaigns);
        one.MapPost("/tasks", SaveTask).Require(Permission.EditCampaigns);
        one.MapPost("/tasks/{task:guid}/forward", Forward).Require(Permission.JoinCampaigns);
        one.MapPost("/teams", SaveTeam).Require(Permission.EditCampaigns);
        one.MapPost("/members", PutMember).Require(Permission.EditCampaigns);
        one.MapPost("/members/{user:guid}/leaving", Leave).Require(Permission.EditCampaigns);
        one.MapPost("/links", Link).Require(Permission.JoinCampaigns);
        one.MapPost("/links/{link:guid}/correction", Correct).Require(Permission.ViewCampaigns);
        one.MapPost("/split", Split).Require(Permission.SplitCampaigns);
    }

    private static async Task<RedirectHttpResult> Move(Guid id, IFormCollection form, MoveCampaign move, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await move.Move(viewer, id, PostedForm.Member<CampaignStage>(form, "stage"), PostedForm.Text(form, "reason"), PostedForm.Seen(form), ct), "done.moved", CampaignUrls.Of(id));

    private static async Task<RedirectHttpResult> Decide(Guid id, IFormCollection form, MoveCampaign move, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await move.Decide(viewer, id, PostedForm.Checked(form, "approve"), PostedForm.Text(form, "note"), PostedForm.Seen(form), ct), "done.decided", CampaignUrls.Of(id));

    private static async Task<RedirectHttpResult> AddItem(Guid id, IFormCollection form, CampaignChecklist checklist, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await checklist.Add(viewer, id, Item(form), ct), "done.saved", CampaignUrls.Part(id, "checklist"));

    private static async Task<RedirectHttpResult> ChangeItem(Guid id, Guid item, IFormCollection form, CampaignChecklist checklist, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await checklist.Change(viewer, id, item, Item(form), ct), "done.saved", CampaignUrls.Part(id, "checklist"));

    private static async Task<RedirectHttpResult> CloseItem(Guid id, Guid item, IFormCollection form, CampaignChecklist checklist, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await checklist.Close(viewer, id, item, PostedForm.Member<ItemState>(form, "state"), PostedForm.Text(form, "reason"), ct), "done.saved", CampaignUrls.Part(id, "checklist"));

    private static async Task<RedirectHttpResult> SaveCost(Guid id, IFormCollection form, CampaignCosts costs, CampaignSaying say, Viewer viewer, CancellationToken ct)
    {
        var input = new CostInput(PostedForm.Text(form, "category"), PostedForm.Money(form, "planned"), PostedForm.Money(form, "actual"), PostedForm.Day(form, "onDay"), PostedForm.Text(form, "supplier"), PostedForm.Text(form, "note"));
        return say.Of(Id(form, "cost") is { } cost ? await costs.Change(viewer, id, cost, _ => input, PostedForm.Seen(form), ct) : await costs.Add(viewer, id, input, ct), "done.saved", CampaignUrls.Part(id, "costs"));
    }

    private static async Task<RedirectHttpResult> RemoveCost(Guid id, Guid cost, IFormCollection form, CampaignCosts costs, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await costs.Remove(viewer, id, cost, ct), "done.removed", CampaignUrls.Part(id, "costs"));

    private static async Task<RedirectHttpResult> Invite(Guid id, IFormCollection form, InvitePeople invite, CampaignSaying say, Viewer viewer, CancellationToken ct)
    {
        var lines = form["lines"].ToString().Split('\n').Select(l => l.Trim()).ToList();
        var filter = PostedForm.Text(form, "whom") is "leads" or "contacts"
            ? new InviteFilter(
                PostedForm.Text(form, "whom") == "contacts", PostedForm.Text(form, "industry"), PostedForm.Text(form, "province"), int.TryParse(form["minScore"], out var score) ? score : null,
                PostedForm.Checked(form, "keyPeople"), PostedForm.Checked(form, "named"))
            : null;
        var result = await invite.Add(
            viewer, id, new InviteInput([], [], lines.Exists(l => l.Length > 0) ? lines : [], filter, PostedForm.Member<InvitationChannel>(form, "channel"), Id(form, "owner"), PostedForm.Day(form, "remindOn")), ct);
        return result is AccountResult<Invited>.Done(var invited) ? say.Invited(invited, id) : say.Of(result, "done.saved", CampaignUrls.Invitations(id));
    }

    private static async Task<RedirectHttpResult> Answer(Guid id, Guid invitation, IFormCollection form, InvitePeople invite, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await invite.Answer(viewer, id, invitation, PostedForm.Member<InvitationState>(form, "state"), PostedForm.Day(form, "remindOn"), PostedForm.Text(form, "note"), ct), "done.saved", CampaignUrls.Invitations(id));

    private static async Task<RedirectHttpResult> CheckIn(Guid id, Guid invitation, IFormCollection form, CheckInPeople door, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await door.CheckIn(viewer, id, invitation, ct), "done.checkedIn", CampaignUrls.Invitations(id, null, PostedForm.Text(form, "q"), null, "door"));

    private static async Task<RedirectHttpResult> SaveTask(Guid id, IFormCollection form, PromoteCampaign promote, CampaignSaying say, Viewer viewer, CancellationToken ct)
    {
        var people = form["people"].Select(p => Guid.TryParse(p, out var user) ? user : Guid.Empty).Where(u => u != Guid.Empty).ToList();
        return say.Of(
            await promote.Save(viewer, id, Id(form, "task"), new PromotionInput(PostedForm.Text(form, "title"), PostedForm.Text(form, "material"), Number(form, "goal"), PostedForm.Day(form, "deadline"), people), null, ct), "done.saved",
            CampaignUrls.Part(id, "tasks"));
    }

    private static async Task<RedirectHttpResult> Forward(Guid id, Guid task, IFormCollection form, PromoteCampaign promote, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await promote.Forward(viewer, id, task, ct), "done.forwarded", CampaignUrls.Part(id, "tasks"));

    private static async Task<RedirectHttpResult> SaveTeam(Guid id, IFormCollection form, CampaignRoster roster, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await roster.Save(viewer, id, Id(form, "team"), new TeamInput(PostedForm.Text(form, "name"), Id(form, "captain"), PostedForm.Text(form, "region"), Number(form, "goal")), ct), "done.saved", CampaignUrls.Part(id, "site"));

    private static async Task<RedirectHttpResult> PutMember(Guid id, IFormCollection form, CampaignRoster roster, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await roster.Put(viewer, id, new MemberInput(Id(form, "user"), Id(form, "team"), PostedForm.Text(form, "exhibitors"), Number(form, "goal")), ct), "done.saved", CampaignUrls.Part(id, "site"));

    private static async Task<RedirectHttpResult> Leave(Guid id, Guid user, IFormCollection form, CampaignRoster roster, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await roster.Leave(viewer, id, user, ct), "done.removed", CampaignUrls.Part(id, "site"));

    private static async Task<RedirectHttpResult> Link(Guid id, IFormCollection form, LinkCompany link, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(
            await link.Link(
                viewer, id, new LinkInput(PostedForm.Text(form, "company"), PostedForm.Text(form, "person"), PostedForm.Text(form, "title"), PostedForm.Text(form, "phone"), PostedForm.Checked(form, "keyPerson"), PostedForm.Checked(form, "intent"), PostedForm.Text(form, "need")), null, ct),
            "done.linked", CampaignUrls.Part(id, "door"));

    private static async Task<RedirectHttpResult> Correct(Guid id, Guid link, IFormCollection form, LinkCompany links, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await links.Correct(viewer, id, link, PostedForm.Checked(form, "keyPerson"), PostedForm.Checked(form, "intent"), PostedForm.Checked(form, "void"), PostedForm.Text(form, "reason"), ct), "done.corrected", CampaignUrls.Part(id, "site"));

    private static async Task<RedirectHttpResult> Split(Guid id, IFormCollection form, SplitCampaign split, CampaignSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await split.Run(viewer, id, ct), "done.split", CampaignUrls.Part(id, "split"));

    private static ItemInput Item(IFormCollection form) => new(PostedForm.Text(form, "step") is null ? null : PostedForm.Member<ChecklistStep>(form, "step"), PostedForm.Text(form, "name"), Id(form, "owner"), PostedForm.Day(form, "dueOn"));

    private static Guid? Id(IFormCollection form, string name) => Guid.TryParse(form[name], out var id) ? id : null;

    // What is no number is below nothing, which the use case refuses.
    private static int? Number(IFormCollection form, string name) => PostedForm.Text(form, name) is not { } text ? null : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;
}

/// <summary>Leads back and says what became of a verb.</summary>
internal sealed class CampaignSaying(IHttpContextAccessor http, IStringLocalizer<CampaignTexts> texts, CampaignWords words, FieldErrorText fields)
{
    public RedirectHttpResult Of<T>(AccountResult<T> result, string done, string back) => result switch
    {
        AccountResult<T>.Done => Say(Tone.Ok, texts[done], back),
        AccountResult<T>.Refused refused => Say(Tone.Danger, words.Refusal(refused.Code, refused.Missing), back),
        AccountResult<T>.Stale => Say(Tone.Danger, words.Refusal("stale"), back),
        AccountResult<T>.Invalid([var error, ..]) => Say(Tone.Danger, $"{Field(error.Field)}{fields.Of(error)}", back),
        _ => Say(Tone.Danger, words.Refusal("not_found"), CampaignUrls.List),
    };

    public RedirectHttpResult Invited(Invited invited, Guid id) => Say(
        invited.Unknown.Count > 0 ? Tone.Warning : Tone.Ok,
        invited.Unknown.Count > 0 ? texts["done.invited.unknown", invited.Added, invited.There, string.Join(texts["list.comma"], invited.Unknown.Take(20))] : texts["done.invited", invited.Added, invited.There],
        CampaignUrls.Invitations(id));

    private string Field(string field) => texts[$"field.{field}"] is { ResourceNotFound: false } name ? $"{name.Value}{texts["colon"].Value}" : "";

    private RedirectHttpResult Say(Tone tone, string said, string back)
    {
        Toasts.Leave(http.HttpContext!, tone, said);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
