using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Terms of a contract.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Amount">Amount, positive.</param>
/// <param name="Delivery">Standard of delivery.</param>
/// <param name="Payment">Terms of payment in words.</param>
/// <param name="Breach">Terms of breach.</param>
/// <param name="Schedule">Payments it foresees; their sum is the amount where there are any.</param>
public sealed record ContractInput(string? Number, decimal Amount, string? Delivery, string? Payment, string? Breach, IReadOnlyList<ScheduledPayment> Schedule);

/// <summary>Contracts and what is paid for them (§13): draft, legal review, signed by both; payments full, in part and given back.</summary>
public sealed class HandleContract(OpportunityVerb verb)
{
    private const int Longest = 4_000, MostPayments = 100;

    /// <summary>Writes the terms while it is a draft; of one that was given up, a new draft begins.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="input">The terms.</param>
    /// <param name="seen">The version of the opportunity that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Write(Viewer viewer, Guid id, ContractInput input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, async (work, o) =>
        {
            if (Errors(input) is [_, ..] errors)
            {
                return new OpportunityResult.Invalid(errors);
            }

            if (o.ClosedAt is not null)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.Closed);
            }

            var contract = await Of(work.Db, id, ct);
            if (contract is not null && !ContractWay.Editable(contract.State) && contract.State != ContractState.Cancelled)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.ContractFixed);
            }

            if (contract is null)
            {
                contract = new OpportunityContract { OpportunityId = id, Currency = o.Currency };
                work.Db.Add(contract);
            }

            (contract.State, contract.Number, contract.Amount) = (ContractState.Draft, OpportunityReason.Kept(input.Number), input.Amount);
            (contract.Delivery, contract.Payment, contract.Breach) = (OpportunityReason.Kept(input.Delivery), OpportunityReason.Kept(input.Payment), OpportunityReason.Kept(input.Breach));
            (contract.Schedule, contract.ChangedAt) = (Json.Write(input.Schedule), work.Now);
            work.Happened(o, OpportunityEvent.ContractWritten, new { contract.Number, contract.Amount });
            return work.Changed(o);
        }, ct);

    /// <summary>Takes a step: those who look contracts through clear them or send them back, with reasons; all else is the owner's.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="step">The step.</param>
    /// <param name="reason">Why; must be given where it is sent back or given up.</param>
    /// <param name="signedOn">The day on which both had signed; today where it is left out.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Step(Viewer viewer, Guid id, ContractStep step, string? reason = null, DateOnly? signedOn = null, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, step is ContractStep.Clear or ContractStep.SendBack ? Permission.ReviewContracts : Permission.EditOpportunities, seen, async (work, o) =>
        {
            if (!Enum.IsDefined(step))
            {
                return new OpportunityResult.Invalid([new FieldError("step", "not_a_choice")]);
            }

            if ((step is ContractStep.SendBack or ContractStep.Cancel ? OpportunityReason.Missing(reason) : OpportunityReason.TooLong(reason)) is { } wrong)
            {
                return wrong;
            }

            if (await Of(work.Db, id, ct) is not { } contract)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.NoContract);
            }

            return signedOn > work.Today ? new OpportunityResult.Invalid([new FieldError("signedOn", "in_the_future")])
                : ContractWay.After(contract.State, step) is { } after ? await Move(work, o, contract, step, after, OpportunityReason.Kept(reason), signedOn, ct)
                : new OpportunityResult.Refused(OpportunityRefusal.ContractStep);
        }, ct);

    /// <summary>Records money received or given back.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="note">A note.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Pay(Viewer viewer, Guid id, Payment payment, string? note = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, null, async (work, o) =>
        {
            if (!Enum.IsDefined(payment.Kind))
            {
                return new OpportunityResult.Invalid([new FieldError("kind", "not_a_choice")]);
            }

            if (OpportunityReason.TooLong(note, "note") is { } tooLong)
            {
                return tooLong;
            }

            if (await Of(work.Db, id, ct) is not { } contract)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.NoContract);
            }

            var before = await work.Db.Set<OpportunityPayment>().Where(p => p.OpportunityId == id).ToListAsync(ct);
            var account = PaymentAccount.Of(contract.Amount, contract.Currency, before.Select(p => p.Fact));
            if (account.Refusal(payment, contract.State, work.Today) is { } refusal)
            {
                return Said(refusal);
            }

            var row = new OpportunityPayment
            {
                Id = work.NewId(),
                OpportunityId = id,
                Kind = payment.Kind,
                Amount = payment.Amount,
                Currency = payment.Currency,
                PaidOn = payment.On,
                Note = OpportunityReason.Kept(note),
                ActorId = viewer.UserId,
                At = work.Now,
            };
            work.Db.Add(row);
            work.Happened(o, OpportunityEvent.Paid, new { row.Kind, row.Amount, row.Currency, row.PaidOn });
            await DealWin.Look(work, o, ct);
            return work.Changed(o, row.Id);
        }, ct);

    internal static Task<OpportunityContract?> Of(GranaryDb db, Guid id, CancellationToken ct) => db.Set<OpportunityContract>().SingleOrDefaultAsync(c => c.OpportunityId == id, ct);

    private static async Task<OpportunityResult> Move(
        OpportunityWork work, Opportunity o, OpportunityContract contract, ContractStep step, ContractState after, string? reason, DateOnly? signedOn, CancellationToken ct)
    {
        work.Happened(o, OpportunityEvent.ContractMoved, new { before = contract.State, after, reason });
        (contract.State, contract.Reason, contract.ChangedAt) = (after, reason, work.Now);
        switch (step)
        {
            case ContractStep.Submit:
                foreach (var legal in work.Setting.People.Values.Where(p => p.Status == PersonStatus.Active && p.Roles.Contains("legal") && p.Grants.ContainsKey(Permission.ReviewContracts)))
                {
                    work.Tell(legal.Id, NoticeKind.OpportunityWaits, o);
                }

                break;
            case ContractStep.Clear or ContractStep.SendBack:
                contract.ClearedBy = step == ContractStep.Clear ? work.Viewer.UserId : null;
                work.Tell(o.OwnerId, NoticeKind.OpportunityDecided, o);
                break;
            case ContractStep.Sign:
                contract.SignedOn = signedOn ?? work.Today;
                break;
        }

        await DealWin.Look(work, o, ct);
        return work.Changed(o);
    }

    private static OpportunityResult Said(PaymentRefusal refusal) => refusal switch
    {
        PaymentRefusal.NotSigned => new OpportunityResult.Refused(OpportunityRefusal.NotSigned),
        PaymentRefusal.AboveContract => new OpportunityResult.Refused(OpportunityRefusal.AboveContract),
        PaymentRefusal.AboveReceived => new OpportunityResult.Refused(OpportunityRefusal.AboveReceived),
        PaymentRefusal.NotPositive => new OpportunityResult.Invalid([new FieldError("amount", "out_of_range", "0")]),
        PaymentRefusal.TooPrecise => new OpportunityResult.Invalid([new FieldError("amount", "too_precise", "2")]),
        PaymentRefusal.OtherCurrency => new OpportunityResult.Invalid([new FieldError("currency", "other_currency")]),
        _ => new OpportunityResult.Invalid([new FieldError("on", "in_the_future")]),
    };

    private static List<FieldError> Errors(ContractInput input)
    {
        List<FieldError> errors = [.. OpportunityFields.Text(input.Number, "number", 100), .. OpportunityFields.Amount(input.Amount, "amount")];
        if (input.Amount == 0)
        {
            errors.Add(new FieldError("amount", "out_of_range", "0"));
        }

        foreach (var (text, field) in new[] { (input.Delivery, "delivery"), (input.Payment, "payment"), (input.Breach, "breach") })
        {
            if (text?.Length > Longest)
            {
                errors.Add(new FieldError(field, "too_long", $"{Longest}"));
            }
        }

        if (input.Schedule.Count > MostPayments)
        {
            errors.Add(new FieldError("schedule", "too_many", $"{MostPayments}"));
            return errors;
        }

        errors.AddRange(input.Schedule.Index().Where(s => s.Item.Amount <= 0 || decimal.Round(s.Item.Amount, 2) != s.Item.Amount).Select(s => new FieldError($"schedule[{s.Index}].amount", "out_of_range", "0")));
        if (input.Schedule.Count > 0 && input.Schedule.Sum(s => s.Amount) != input.Amount)
        {
            errors.Add(new FieldError("schedule", "sum_differs"));
        }

        return errors;
    }
}
