using Granary.Application.Opportunities;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Application.Review;
using Granary.Web.Jobs;

namespace Granary.Web.Review;

/// <summary>Composition of the review room: applications, committees, milestone plans, incubation.</summary>
public static class ReviewRoom
{
    /// <summary>Registers the use cases.</summary>
    public static IServiceCollection AddReview(this IServiceCollection services)
    {
        services.AddSweep<RemindReviews>(TimeSpan.FromSeconds(30), static (remind, ct) => remind.Sweep(ct));
        return services
            .AddSingleton<PersonPart, ReviewPersonPart>()
            .AddSingleton<PersonPart, LeadPaperPersonPart>()
            .AddSingleton<ConversionPart, ReviewedConversion>()
            .AddSingleton<LeadMergePart, ReviewsOfLead>()
            .AddSingleton<LeadMergePart, PapersOfLead>()
            .AddSingleton<SubmitReview>()
            .AddSingleton<CheckReview>()
            .AddSingleton<VoiceReview>()
            .AddSingleton<PlanReview>()
            .AddSingleton<LookReview>()
            .AddSingleton<RemindReviews>()
            .AddSingleton<ReadReviews>()
            .AddSingleton<ListReviews>()
            .AddSingleton<ReviewFigures>()
            .AddSingleton<Application.FollowUp.DeadlineSource, ReviewDeadlines>()
            .AddSingleton<ExportReviews>()
            .AddSingleton<WriteLeadPaper>()
            .AddSingleton<MatchCases>()
            .AddSingleton<ReviewWords>()
            .AddScoped<ReviewAnswers>()
            .AddScoped<ReviewAnswer>()
            .AddScoped<ReviewFiles>();
    }

    /// <summary>Maps the room's API, forms and files.</summary>
    public static void MapReview(this IEndpointRouteBuilder app)
    {
        app.MapReviews();
        app.MapReviewLists();
        app.MapLeadPapers();
        var forms = app.MapGroup("").ExcludeFromDescription();
        forms.MapReviewForms();
        forms.MapReviewFiles();
    }
}
