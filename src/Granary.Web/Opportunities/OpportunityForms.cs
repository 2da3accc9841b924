using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities;

/// <summary>Forms that do a verb on an opportunity; each leads back to the page it came from, which says what became of it.</summary>
internal static class OpportunityForms
{
    public static void MapOpportunityForms(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/opportunities/{id:guid}").Require(Permission.ViewOpportunities);
        one.MapPost("/edit", Edit).Require(Permission.EditOpportunities);
        one.MapPost("/transfer", Transfer).Require(Permission.EditOpportunities);
        one.MapPost("/checks", Tick).Require(Permission.EditOpportunities);
        one.MapPost("/stage", Move).Require(Permission.EditOpportunities);
        one.MapPost("/reopening", Reopen).Require(Permission.EditOpportunities);
        one.MapPost("/grade", Evaluate).Require(Permission.EditOpportunities);
        one.MapPost("/grade/confirmation", Confirm).Require(Permission.DecideOpportunities);
        one.MapPost("/grade/rejection", Reject).Require(Permission.DecideOpportunities);
        one.MapPost("/inquiry-grade", Inquiry).Require(Permission.EditOpportunities);
        one.MapPost("/charter", Charter).Require(Permission.EditOpportunities);
        one.MapPost("/success-case", Success).Require(Permission.EditOpportunities);
        one.MapPost("/loss-report", Loss).Require(Permission.EditOpportunities);
        one.MapPost("/plan/submission", Submit).Require(Permission.EditOpportunities);
        one.MapPost("/plan/approval", Approve).Require(Permission.DecideOpportunities);
        one.MapPost("/plan/rejection", SendBack).Require(Permission.DecideOpportunities);
        one.MapContractForms();
    }

    private static async Task<RedirectHttpResult> Edit(Guid id, IFormCollection form, EditOpportunity edit, OpportunityAnswer answer, Viewer viewer, Setting setting, CancellationToken ct) => answer.Of(
        await edit.Edit(viewer, id, before => new OpportunityEdit(PostedForm.Text(form, "name"), PostedForm.Text(form, "productLine"), PostedForm.Money(form, "amount"), PostedForm.Day(form, "expectedOn"))
        {
            Custom = PostedForm.Custom(form, before.Custom, setting.Fields.Of(CustomFieldOwner.Opportunity)),
        }, PostedForm.Seen(form), ct),
        "done.edited", OpportunityUrls.Of(id));

    private static async Task<RedirectHttpResult> Transfer(
        Guid id, [FromForm] string? to, [FromForm] string? toText, [FromForm] string? reason, [FromForm] int? seen, EditOpportunity edit, OpportunityAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (OpportunityAnswer.Colleague(setting, to, toText) is not { } colleague)
        {
            return answer.Refuse("refused.nobody", OpportunityUrls.Of(id));
        }

        // Who gives it away may not see it any more.
        var result = await edit.Transfer(viewer, id, colleague, reason, seen, ct);
        return answer.Of(result, "done.transferred", result is OpportunityResult.Done && viewer.Owners(Permission.ViewOpportunities)?.Contains(colleague) == false ? OpportunityUrls.List : OpportunityUrls.Of(id));
    }

    private static async Task<RedirectHttpResult> Tick(Guid id, IFormCollection form, MoveStage move, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await move.Tick(viewer, id, PostedForm.Text(form, "stage"), [.. form["checks"].OfType<string>()], PostedForm.Seen(form), ct), "done.ticked", OpportunityUrls.Of(id));

    // The board posts where it came from, and goes on there.
    private static async Task<RedirectHttpResult> Move(
        Guid id, [FromForm] string? stage, [FromForm] string? reason, [FromForm] int? seen, [FromForm] string? back, MoveStage move, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await move.Move(viewer, id, string.IsNullOrEmpty(stage) ? null : stage, reason, seen, ct), "done.moved", back ?? OpportunityUrls.Of(id));

    private static async Task<RedirectHttpResult> Reopen(Guid id, [FromForm] string? reason, [FromForm] int? seen, MoveStage move, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await move.Reopen(viewer, id, reason, seen, ct), "done.reopened", OpportunityUrls.Of(id));

    private static async Task<RedirectHttpResult> Evaluate(Guid id, IFormCollection form, GradeOpportunity grade, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await grade.Evaluate(
            viewer,
            id,
            new Evaluation(PostedForm.Member<Urgency>(form, "urgency"), PostedForm.Member<BudgetClass>(form, "budget"), PostedForm.Member<Competition>(form, "competition"), PostedForm.Member<DecisionComplexity>(form, "decision")),
            PostedForm.Text(form, "reason"),
            PostedForm.Seen(form),
            ct),
        "done.evaluated", OpportunityUrls.Of(id, "grade"));

    private static async Task<RedirectHttpResult> Confirm(Guid id, [FromForm] string? comment, [FromForm] int? seen, GradeOpportunity grade, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await grade.Confirm(viewer, id, comment, seen, ct), "done.confirmed", OpportunityUrls.Of(id, "grade"));

    private static async Task<RedirectHttpResult> Reject(Guid id, [FromForm] string? reason, [FromForm] int? seen, GradeOpportunity grade, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await grade.Reject(viewer, id, reason, seen, ct), "done.rejected", OpportunityUrls.Of(id, "grade"));

    private static async Task<RedirectHttpResult> Inquiry(Guid id, IFormCollection form, GradeOpportunity grade, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await grade.ChangeInquiry(viewer, id, PostedForm.Member<InquiryGrade>(form, "grade"), PostedForm.Text(form, "reason"), PostedForm.Seen(form), ct), "done.inquiry", OpportunityUrls.Of(id, "grade"));

    private static async Task<RedirectHttpResult> Charter(Guid id, IFormCollection form, WritePaper write, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await write.Write(viewer, id, new ProjectCharter(Said(form, "goal"), PostedForm.Text(form, "team"), PostedForm.Text(form, "resources"), PostedForm.Text(form, "milestones")), PostedForm.Seen(form), ct),
        "done.written", OpportunityUrls.Of(id, "papers"));

    private static async Task<RedirectHttpResult> Success(Guid id, IFormCollection form, WritePaper write, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await write.Write(viewer, id, new SuccessCase(Said(form, "situation"), Said(form, "solution"), PostedForm.Text(form, "result")), PostedForm.Seen(form), ct), "done.written", OpportunityUrls.Of(id, "papers"));

    private static async Task<RedirectHttpResult> Loss(Guid id, IFormCollection form, WritePaper write, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await write.Write(viewer, id, new LossReport(PostedForm.Member<LossReason>(form, "lossReason"), PostedForm.Text(form, "competitor"), Said(form, "account"), PostedForm.Text(form, "lessons")), PostedForm.Seen(form), ct),
        "done.written", OpportunityUrls.Of(id, "papers"));

    private static async Task<RedirectHttpResult> Submit(Guid id, [FromForm] int? seen, DecidePlan decide, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await decide.Submit(viewer, id, seen, ct), "done.submitted", OpportunityUrls.Of(id, "papers"));

    private static async Task<RedirectHttpResult> Approve(Guid id, [FromForm] string? comment, [FromForm] int? seen, DecidePlan decide, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await decide.Approve(viewer, id, comment, seen, ct), "done.approved", OpportunityUrls.Of(id, "papers"));

    private static async Task<RedirectHttpResult> SendBack(Guid id, [FromForm] string? reason, [FromForm] int? seen, DecidePlan decide, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await decide.Reject(viewer, id, reason, seen, ct), "done.planRejected", OpportunityUrls.Of(id, "papers"));

    private static string Said(IFormCollection form, string name) => PostedForm.Text(form, name) ?? "";
}

/// <summary>Leads back and says what became of a verb on an opportunity.</summary>
internal sealed class OpportunityAnswer(IHttpContextAccessor http, IStringLocalizer<OpportunityTexts> texts, FieldErrorText fields)
{
    /// <summary>Who was meant: chosen from the list, or typed in full where scripts are off.</summary>
    public static Guid? Colleague(Setting setting, string? id, string? name) =>
        Guid.TryParse(id, out var chosen) && setting.People.ContainsKey(chosen) ? chosen
        : setting.People.Values.Where(p => p.Name == name?.Trim()).Take(2).ToList() is [var only] ? only.Id
        : null;

    public RedirectHttpResult Of(OpportunityResult result, string done, string back) => result switch
    {
        OpportunityResult.Done => Say(Tone.Ok, texts[done], back),
        OpportunityResult.Refused(var code) => Refuse($"refused.{code}", back),
        OpportunityResult.Invalid([var error, ..]) => Say(Tone.Danger, fields.Of(error), back),
        OpportunityResult.Stale => Refuse("refused.stale", back),
        OpportunityResult.Forbidden => Refuse("refused.forbidden", back),
        _ => Refuse("refused.not_found", OpportunityUrls.List),
    };

    public RedirectHttpResult Refuse(string text, string back) => Say(Tone.Danger, texts[text], back);

    private RedirectHttpResult Say(Tone tone, string words, string back)
    {
        Toasts.Leave(http.HttpContext!, tone, words);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
