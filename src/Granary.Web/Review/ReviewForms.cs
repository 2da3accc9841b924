using System.Globalization;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.Opportunities;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Review;

/// <summary>Forms that do a verb on a review; each leads back to its page, which says what became of it.</summary>
internal static class ReviewForms
{
    public static void MapReviewForms(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/leads/{id:guid}/review").Require(Permission.ViewLeads);
        lead.MapPost("/submission", Submit);
        lead.MapPost("/withdrawal", Withdraw);
        lead.MapPost("/completeness", Check).Require(Permission.CheckReviews);
        lead.MapPost("/opinions", Voice).Require(Permission.ReviewLeads);
        lead.MapPost("/status", Look).Require(Permission.ReviewLeads);
        lead.MapPost("/milestones/{step:guid}/completion", Done);
    }

    private static async Task<RedirectHttpResult> Submit(Guid id, IFormCollection form, SubmitReview submit, ReviewAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await submit.Submit(viewer, id, new ReviewApplication(PostedForm.Text(form, "line"), PostedForm.Text(form, "summary")), PostedForm.Seen(form), ct), "done.submitted", id);

    private static async Task<RedirectHttpResult> Withdraw(Guid id, IFormCollection form, SubmitReview submit, ReviewAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await submit.Withdraw(viewer, id, PostedForm.Seen(form), ct), "done.withdrawn", id);

    private static async Task<RedirectHttpResult> Check(Guid id, IFormCollection form, CheckReview check, ReviewAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var complete = form["complete"] == "true";
        return !Colleague(form, setting, out var owner) ? answer.Refuse("refused.nobody", id)
            : answer.Of(await check.Check(viewer, id, new CompletenessCheck(complete, PostedForm.Text(form, "reason"), owner), PostedForm.Seen(form), ct), complete ? "done.checked" : "done.returned", id);
    }

    private static async Task<RedirectHttpResult> Voice(Guid id, IFormCollection form, VoiceReview voice, ReviewAnswer answer, Viewer viewer, Setting setting, CancellationToken ct) =>
        !Colleague(form, setting, out var owner) ? answer.Refuse("refused.nobody", id)
            : answer.Of(
                await voice.Voice(viewer, id, new OpinionInput(PostedForm.Member<ReviewVerdict>(form, "verdict"), PostedForm.Text(form, "reason"), Elements(form), owner), PostedForm.Seen(form), ct), "done.voiced", id);

    private static async Task<RedirectHttpResult> Look(Guid id, IFormCollection form, LookReview look, ReviewAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await look.Look(viewer, id, new LookInput(PostedForm.Member<LookOutcome>(form, "outcome"), Elements(form), PostedForm.Text(form, "reason")), PostedForm.Seen(form), ct), "done.looked", id);

    private static async Task<RedirectHttpResult> Done(Guid id, Guid step, IFormCollection form, PlanReview plan, ReviewAnswer answer, Viewer viewer, CancellationToken ct)
    {
        var done = form["done"] != "false";
        return answer.Of(await plan.Done(viewer, id, step, done, PostedForm.Day(form, "on"), PostedForm.Seen(form), ct), done ? "done.step" : "done.stepBack", id);
    }

    // Nobody is named where nothing is chosen; somebody who is not here is refused.
    private static bool Colleague(IFormCollection form, Setting setting, out Guid? found)
    {
        var text = PostedForm.Text(form, "owner");
        found = text is null ? null : OpportunityAnswer.Colleague(setting, text, text);
        return text is null || found is not null;
    }

    // Percent in the form, a share in the rule; what is no number is out of its range.
    private static GradeElements? Elements(IFormCollection form) => PostedForm.Text(form, "amount") is null && PostedForm.Text(form, "ownPercent") is null ? null : new(
        PostedForm.Money(form, "amount") ?? -1,
        decimal.TryParse(PostedForm.Text(form, "ownPercent"), NumberStyles.Number, CultureInfo.InvariantCulture, out var percent) ? percent / 100m : -1,
        PostedForm.Member<CustomerClass>(form, "customer"));
}

/// <summary>Leads back and says what became of a verb on a review.</summary>
internal sealed class ReviewAnswer(IHttpContextAccessor http, IStringLocalizer<ReviewTexts> texts, FieldErrorText fields, ReviewWords words)
{
    public RedirectHttpResult Of(LeadResult result, string done, Guid lead) => result switch
    {
        LeadResult.Done => Say(Tone.Ok, texts[done], lead),
        LeadResult.Refused(var code) => Refuse($"refused.{code}", lead),
        LeadResult.Invalid([var error, ..]) => Say(Tone.Danger, Words(error), lead),
        LeadResult.Stale => Refuse("refused.stale", lead),
        LeadResult.Forbidden => Refuse("refused.forbidden", lead),
        _ => Refuse("refused.not_found", null),
    };

    public RedirectHttpResult Refuse(string text, Guid? lead) => Say(Tone.Danger, texts[text] is { ResourceNotFound: false } known ? known : texts["refused.other"], lead);

    // A field that is missing is named: it is one of the lead's, which no field of the form stands for.
    private string Words(FieldError error) => ApplicationFields.Names.Contains(error.Field) ? texts["missing.field", words.Field(error.Field)] : fields.Of(error);

    private RedirectHttpResult Say(Tone tone, string said, Guid? lead)
    {
        Toasts.Leave(http.HttpContext!, tone, said);
        return TypedResults.LocalRedirect(Preferences.Local(lead is { } id ? ReviewUrls.Of(id) : ReviewUrls.List));
    }
}
