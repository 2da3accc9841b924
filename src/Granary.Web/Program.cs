using Granary.Web;
using Granary.Web.Analytics;
using Granary.Web.Campaigns;
using Granary.Web.Commands;
using Granary.Web.Components;
using Granary.Web.Demo;
using Granary.Web.Desk;
using Granary.Web.FollowUp;
using Granary.Web.Hosting;
using Granary.Web.Intake;
using Granary.Web.Integration;
using Granary.Web.Opportunities;
using Granary.Web.Ownership;
using Granary.Web.People;
using Granary.Web.Privacy;
using Granary.Web.Qualification;
using Granary.Web.Review;
using Granary.Web.Settings;

var typed = CommandLine.Read(args, Verbs.All());
if (typed.Answer(Console.Out, Console.Error) is { } answered)
{
    return answered;
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = typed.Settings, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddDefaults(typed.Configuration);
builder.AddGround();
builder.Services.AddInterface();
builder.Services.AddPeople();
builder.Services.AddKeys();
builder.Services.AddIntegration();
builder.Services.AddOwnership();
builder.Services.AddIntake();
builder.Services.AddFollowUp();
builder.Services.AddDeadlines();
builder.Services.AddQualification();
builder.Services.AddOpportunities();
builder.Services.AddReview();
builder.Services.AddCampaigns();
builder.Services.AddAnalytics();
builder.Services.AddPrivacy();
builder.Services.AddDesk();
builder.Services.AddDemo();
builder.Services.AddSettings();
builder.Services.AddAudit();

await using var app = builder.Build();
if (typed.Verb is null)
{
    // A command needs nothing of what answers requests, and is sooner done without it.
    app.UseGround();
    app.UsePeople();
    app.UseIdempotency();

    app.MapCommands(Verbs.All);
    app.MapPeople();
    app.MapOwnership();
    app.MapIntake();
    app.MapFollowUp();
    app.MapDeadlines();
    app.MapQualification();
    app.MapOpportunities();
    app.MapReview();
    app.MapCampaigns();
    app.MapAnalytics();
    app.MapSettings();
    app.MapPrivacy();
    app.MapDesk();
    app.MapInterface();
}

return await app.Run(typed);
