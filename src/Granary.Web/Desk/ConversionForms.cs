using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Granary.Web.Opportunities;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Desk;

/// <summary>Reads a conversion as the card of the lead page posts it.</summary>
internal static class ConversionForm
{
    public static ConversionInput Read(IFormCollection form) => new(
        new ConversionCriteria
        {
            Intention = PostedForm.Checked(form, "intention"),
            BudgetConfirmed = PostedForm.Checked(form, "budgetConfirmed"),
            Budget = PostedForm.Money(form, "budget"),
            DecisionMaker = PostedForm.Checked(form, "decisionMaker"),
            Date = PostedForm.Day(form, "date"),
        },
        PostedForm.Text(form, "account") is { } account ? new ConversionAccount(Name: account) : null,
        Guid.TryParse(form["opportunity"], out var id)
            ? new ConversionOpportunity(id)
            : new ConversionOpportunity { Name = PostedForm.Text(form, "name"), Line = PostedForm.Text(form, "line"), ProductLine = PostedForm.Text(form, "productLine"), Amount = PostedForm.Money(form, "amount") });
}

/// <summary>Forms that convert leads and undo it.</summary>
internal static class ConversionForms
{
    public static void MapConversionForms(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/leads/{id:guid}/conversion").Require(Permission.EditLeads).Require(Permission.EditOpportunities);
        lead.MapPost("", Convert);
        lead.MapPost("/undo", Undo);
    }

    private static async Task<RedirectHttpResult> Convert(Guid id, IFormCollection form, ConvertLead convert, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var (result, conversion) = await convert.Convert(viewer, id, ConversionForm.Read(form), PostedForm.Seen(form), ct);
        return answer.Of(result, "done.converted", conversion is null ? $"{Urls.Lead(id)}#lead-conversion" : OpportunityUrls.Of(conversion.OpportunityId));
    }

    private static async Task<RedirectHttpResult> Undo(Guid id, [FromForm] int? seen, UndoConversion undo, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await undo.Undo(viewer, id, seen, ct), "done.conversionUndone", Urls.Lead(id));
}
