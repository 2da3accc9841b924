namespace Granary.Domain.Opportunities;

public sealed partial record OpportunityPolicy
{
    /// <summary>What a new organisation begins with (§13 Stages).</summary>
    public static OpportunityPolicy BuiltIn { get; } = new()
    {
        Lines =
        [
            new()
            {
                Id = "default",
                Name = "default",
                Stages =
                [
                    new()
                    {
                        Id = "identify",
                        Name = "identify",
                        ExpectedDays = 14,
                        Exit = [new("pain_agreed", "pain_agreed"), new("key_person_met", "key_person_met"), new("decision_process_known", "decision_process_known", Required: false)],
                        Actions = [new("user", "observe_work"), new("management", "ask_cost_of_pain")],
                    },
                    new()
                    {
                        Id = "evaluate",
                        Name = "evaluate",
                        ExpectedDays = 14,
                        Exit = [new("budget_known", "budget_known"), new("competitors_known", "competitors_known"), new("decision_chain_drawn", "decision_chain_drawn")],
                        Actions = [new("user", "trial"), new("equipment", "clarify_specification"), new("finance", "clarify_budget")],
                    },
                    new()
                    {
                        Id = "propose",
                        Name = "propose",
                        ExpectedDays = 21,
                        NeedsApprovedPlan = true,
                        Exit = [new("proposal_presented", "proposal_presented"), new("vision_agreed", "vision_agreed"), new("price_given", "price_given")],
                        Actions = [new("management", "show_return"), new("equipment", "lower_tender_risk"), new("finance", "show_payment_ways")],
                    },
                    new()
                    {
                        Id = "negotiate",
                        Name = "negotiate",
                        ExpectedDays = 14,
                        Exit = [new("objections_answered", "objections_answered"), new("terms_agreed", "terms_agreed")],
                        Actions = [new("management", "settle_terms"), new("finance", "settle_payment")],
                    },
                    new()
                    {
                        Id = "contract",
                        Name = "contract",
                        ExpectedDays = 10,
                        Exit = [new("contract_cleared", "contract_cleared")],
                        Actions = [new("legal", "clear_contract"), new("management", "sign")],
                    },
                    new() { Id = "won", Name = "won", Kind = StageKind.Won },
                    new() { Id = "lost", Name = "lost", Kind = StageKind.Lost },
                ],
            },
        ],
    };
}
