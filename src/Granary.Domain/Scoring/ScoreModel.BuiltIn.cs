using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

public sealed partial record ScoreModel
{
    /// <summary>The hundred-point model (§6.1) with the matrix (§6.2) and the pass mark 60 (§6.3).</summary>
    public static ScoreModel BuiltIn { get; } = new()
    {
        Name = "hundred_points",
        AttributeRules =
        [
            Is("company_large", "company.size", CompanySize.Large, 20),
            Is("company_medium", "company.size", CompanySize.Medium, 15),
            Is("company_small", "company.size", CompanySize.Small, 10),
            Is("decision_maker", "contact.role", BuyingRole.DecisionMaker, 30),
            Is("influencer", "contact.role", BuyingRole.Influencer, 20),
            Is("user", "contact.role", BuyingRole.User, 10),
            Is("budget_full", "budget.match", BudgetMatch.Full, 20),
            Is("budget_partial", "budget.match", BudgetMatch.Partial, 10),
        ],
        TouchRules =
        [
            new(TouchKind.CorePageViewed, 5),
            new(TouchKind.Downloaded, 10),
            new(TouchKind.WebinarAttended, 15),
            new(TouchKind.MailReplied, 10),
            new(TouchKind.CallAnswered, 10),
        ],
        Matrix = new MatrixSettings
        {
            Events =
            [
                new(TouchKind.FormSubmitted, 20),
                new(TouchKind.ServiceConsulted, 20),
                new(TouchKind.OfflineEventAttended, 20),
                new(TouchKind.MailReplied, 20),
                new(TouchKind.SpamComplaint, -20),
                new(TouchKind.AccountFollowed, 10),
                new(TouchKind.AccountUnfollowed, -10),
                new(TouchKind.LiveWatched, 10),
                new(TouchKind.ReplayWatched, 10),
                new(TouchKind.MailOpened, 10),
                new(TouchKind.FormVisited, 5),
                new(TouchKind.PageVisited, 5),
                new(TouchKind.ModuleClicked, 5),
                new(TouchKind.ArticleClicked, 5),
                new(TouchKind.Unsubscribed, -5),
            ],
        },
    };

    private static AttributeRule Is<T>(string name, string field, T value, int points) where T : struct, Enum =>
        new(name, [new Condition(field, Comparison.AnyOf, [WireName.Of(value)])], points);
}
