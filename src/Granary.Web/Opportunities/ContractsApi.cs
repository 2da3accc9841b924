using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>Terms of a contract.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Amount">Amount in the organisation's currency.</param>
/// <param name="Delivery">Standard of delivery.</param>
/// <param name="Payment">Terms of payment in words.</param>
/// <param name="Breach">Terms of breach.</param>
/// <param name="Schedule">Payments it foresees; they add up to the amount.</param>
public sealed record ContractBody(
    string? Number = null, decimal? Amount = null, string? Delivery = null, string? Payment = null, string? Breach = null, IReadOnlyList<ScheduledPayment>? Schedule = null);

/// <summary>A step of a contract.</summary>
/// <param name="Step">submit, clear, sendBack, sign or cancel.</param>
/// <param name="Reason">Why it is sent back or given up.</param>
/// <param name="SignedOn">The day on which both had signed; today when left out.</param>
public sealed record ContractStepBody(ContractStep? Step = null, string? Reason = null, DateOnly? SignedOn = null);

/// <summary>A payment.</summary>
/// <param name="Kind">received or refund; received when left out.</param>
/// <param name="Amount">Amount, positive.</param>
/// <param name="Currency">Currency; the contract's when left out.</param>
/// <param name="On">The day; today when left out.</param>
/// <param name="Note">A note.</param>
public sealed record PaymentBody(PaymentKind? Kind = null, decimal? Amount = null, string? Currency = null, DateOnly? On = null, string? Note = null);

/// <summary>A contract and what was paid of it.</summary>
/// <param name="State">draft, legalReview, cleared, signed or cancelled.</param>
/// <param name="Number">Its number.</param>
/// <param name="Amount">Amount.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Delivery">Standard of delivery.</param>
/// <param name="Payment">Terms of payment.</param>
/// <param name="Breach">Terms of breach.</param>
/// <param name="Schedule">Payments it foresees.</param>
/// <param name="Reason">Why it was sent back or given up.</param>
/// <param name="SignedOn">The day on which both had signed.</param>
/// <param name="Paid">none, partial or full.</param>
/// <param name="Received">Σ received.</param>
/// <param name="Refunded">Σ given back.</param>
/// <param name="Open">What is still expected.</param>
public sealed record ContractView(
    ContractState State, string? Number, decimal Amount, string Currency, string? Delivery, string? Payment, string? Breach, IReadOnlyList<ScheduledPayment> Schedule, string? Reason, DateOnly? SignedOn,
    PaidState Paid, decimal Received, decimal Refunded, decimal Open);

/// <summary>A payment as it was recorded.</summary>
/// <param name="Id">Id.</param>
/// <param name="Kind">received or refund.</param>
/// <param name="Amount">Amount.</param>
/// <param name="Currency">Currency.</param>
/// <param name="On">The day.</param>
/// <param name="Note">A note.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
public sealed record PaymentView(Guid Id, PaymentKind Kind, decimal Amount, string Currency, DateOnly On, string? Note, OwnerAnswer? By, DateTimeOffset At);

/// <summary>Contracts of opportunities and what is paid for them (§13).</summary>
public static class ContractsApi
{
    internal static void MapContracts(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/opportunities/{id:guid}").WithTags("Opportunities").Idempotent();
        one.MapGet("/contract", Get).Require(Permission.ViewOpportunities).Produces<ContractView>();
        one.MapPost("/contract", Write).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/contract/steps", Step).Require(Permission.ViewOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapGet("/payments", Payments).Require(Permission.ViewOpportunities).Produces<IReadOnlyList<PaymentView>>();
        one.MapPost("/payments", Pay).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets the contract of an opportunity and what was paid of it.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadOpportunity read, Viewer viewer, CancellationToken ct) => await read.Find(viewer, id, ct) is { Contract: { } c, Paid: { } paid }
        ? TypedResults.Ok(new ContractView(
            c.State, c.Number, c.Amount, c.Currency, c.Delivery, c.Payment, c.Breach, Json.Read<IReadOnlyList<ScheduledPayment>>(c.Schedule), c.Reason, c.SignedOn, paid.State, paid.Received, paid.Refunded, paid.Open))
        : Problem.NotFound();

    /// <summary>Writes the terms of the contract while it is a draft (contract_fixed).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The terms.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Write(Guid id, ContractBody body, HandleContract handle, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Amount is { } amount
            ? (await handle.Write(viewer, id, new ContractInput(body.Number, amount, body.Delivery, body.Payment, body.Breach, [.. (body.Schedule ?? []).OfType<ScheduledPayment>()]), OpportunityAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("amount", "required")]);

    /// <summary>Takes a step: submit, clear, sendBack (by who looks contracts through), sign, cancel (contract_step where it cannot be taken).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The step.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Step(Guid id, ContractStepBody body, HandleContract handle, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        body.Step is { } step
            ? (await handle.Step(viewer, id, step, body.Reason, body.SignedOn, OpportunityAnswers.Seen(http), ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("step", "required")]);

    /// <summary>Lists payments, the latest first.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Payments(Guid id, ReadOpportunity read, Viewer viewer, Setting setting, CancellationToken ct) => await read.Find(viewer, id, ct) is { } found
        ? TypedResults.Ok<IReadOnlyList<PaymentView>>([.. found.Payments.Select(p => new PaymentView(p.Id, p.Kind, p.Amount, p.Currency, p.PaidOn, p.Note, OwnerAnswer.Of(p.ActorId, setting), p.At))])
        : Problem.NotFound();

    /// <summary>Records money received or given back; refused above the contract (above_contract), in another currency, in the future.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The payment.</param>
    /// <param name="handle">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Pay(Guid id, PaymentBody body, HandleContract handle, Viewer viewer, Setting setting, HttpContext http, TimeProvider time, CancellationToken ct) =>
        body.Amount is { } amount
            ? (await handle.Pay(
                viewer, id, new Payment(body.Kind ?? PaymentKind.Received, amount, body.Currency ?? setting.Organisation.Currency, body.On ?? setting.Calendar.DateOf(time.GetUtcNow())), body.Note, ct)).Answer(http, setting)
            : Problem.Invalid([new FieldError("amount", "required")]);
}
