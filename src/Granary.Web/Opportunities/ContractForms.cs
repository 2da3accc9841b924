using System.Globalization;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Opportunities;

/// <summary>Forms of contracts, payments, handovers and objections.</summary>
internal static class ContractForms
{
    private static readonly string[] Ends = ["\r\n", "\n"];
    private static readonly char[] Blanks = [' ', '\t', '：', ':'];

    public static void MapContractForms(this RouteGroupBuilder one)
    {
        one.MapPost("/contract", Write).Require(Permission.EditOpportunities);
        one.MapPost("/contract/steps", Step);
        one.MapPost("/payments", Pay).Require(Permission.EditOpportunities);
        one.MapPost("/handover", Give).Require(Permission.EditOpportunities);
        one.MapPost("/handover/acceptance", Accept);
        one.MapPost("/handover/return", Return);
        one.MapPost("/objections", Raise).Require(Permission.EditOpportunities);
        one.MapPost("/objections/{objection:guid}/answer", AnswerObjection).Require(Permission.EditOpportunities);
        one.MapPost("/objections/{objection:guid}/outcome", Settle).Require(Permission.EditOpportunities);
    }

    private static async Task<RedirectHttpResult> Write(Guid id, IFormCollection form, HandleContract handle, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await handle.Write(
            viewer,
            id,
            new ContractInput(PostedForm.Text(form, "number"), PostedForm.Money(form, "amount") ?? 0, PostedForm.Text(form, "delivery"), PostedForm.Text(form, "payment"), PostedForm.Text(form, "breach"), Schedule(PostedForm.Text(form, "schedule"))),
            PostedForm.Seen(form),
            ct),
        "done.contract", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Step(Guid id, IFormCollection form, HandleContract handle, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) => answer.Of(
        await handle.Step(viewer, id, PostedForm.Member<ContractStep>(form, "step"), PostedForm.Text(form, "reason"), PostedForm.Day(form, "signedOn"), PostedForm.Seen(form), ct),
        "done.contractStep", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Pay(Guid id, IFormCollection form, HandleContract handle, OpportunityAnswer answer, Viewer viewer, Setting setting, TimeProvider time, CancellationToken ct) => answer.Of(
        await handle.Pay(
            viewer,
            id,
            new Payment(PostedForm.Member<PaymentKind>(form, "kind"), PostedForm.Money(form, "amount") ?? 0, PostedForm.Text(form, "currency") ?? setting.Organisation.Currency, PostedForm.Day(form, "on") ?? setting.Calendar.DateOf(time.GetUtcNow())),
            PostedForm.Text(form, "note"),
            ct),
        "done.paid", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Give(
        Guid id, [FromForm] string? receiver, [FromForm] string? receiverText, [FromForm] string? customer, [FromForm] string? needs, [FromForm] string? terms, HandOver handOver, OpportunityAnswer answer, Viewer viewer, Setting setting,
        CancellationToken ct) => OpportunityAnswer.Colleague(setting, receiver, receiverText) is { } colleague
        ? answer.Of(await handOver.Give(viewer, id, new HandoverInput(colleague, customer, needs, terms), ct), "done.handedOver", OpportunityUrls.Of(id, "contract"))
        : answer.Refuse("refused.nobody", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Accept(Guid id, HandOver handOver, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await handOver.Accept(viewer, id, ct), "done.accepted", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Return(Guid id, [FromForm] string? reason, HandOver handOver, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await handOver.Return(viewer, id, reason, ct), "done.returned", OpportunityUrls.Of(id, "contract"));

    private static async Task<RedirectHttpResult> Raise(Guid id, IFormCollection form, HandleObjection handle, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await handle.Raise(viewer, id, PostedForm.Text(form, "text"), PostedForm.Checked(form, "key"), ct), "done.raised", OpportunityUrls.Of(id, "objections"));

    private static async Task<RedirectHttpResult> AnswerObjection(Guid id, Guid objection, IFormCollection form, HandleObjection handle, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await handle.Answer(viewer, id, objection, PostedForm.Text(form, "answer"), PostedForm.Checked(form, "reusable"), ct), "done.answered", OpportunityUrls.Of(id, "objections"));

    private static async Task<RedirectHttpResult> Settle(Guid id, Guid objection, IFormCollection form, HandleObjection handle, OpportunityAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await handle.Settle(viewer, id, objection, PostedForm.Member<ObjectionOutcome>(form, "outcome"), PostedForm.Text(form, "note"), ct), "done.settled", OpportunityUrls.Of(id, "objections"));

    // A line for each payment: the day, then the amount. One that is neither is refused as an amount below nothing.
    private static List<ScheduledPayment> Schedule(string? text) =>
    [
        .. (text ?? "").Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)).Select(p =>
            p.Length == 2 && DateOnly.TryParseExact(p[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
                && decimal.TryParse(p[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
                ? new ScheduledPayment(on, amount) : new ScheduledPayment(default, -1)),
    ];
}
