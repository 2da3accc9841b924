using Granary.Application.Capture.Import;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Capture.Import;

/// <summary>The mappings of <c>samples/mappings</c> on files with the headings of their data sets.</summary>
public sealed class SampleMappingTests
{
    private const string XEducation =
        "Prospect ID,Lead Number,Lead Origin,Lead Source,Converted,TotalVisits,Total Time Spent on Website,Specialization,What is your current occupation,Tags,City,A free copy of Mastering The Interview\n"
        + "p-1,100,API,google,1,6,1279,\"Banking, Investment And Insurance\",Student,Ringing,Select,Yes\n"
        + "p-2,101,Lead Add Form,,0,,0,Select,,,Mumbai,No\n";

    private const string Olist =
        "mql_id,first_contact_date,landing_page_id,origin,won,won_date,sdr_id,sr_id,business_segment,lead_type\n"
        + "m1,2018-02-01,l1,Social,1,2018-03-01 03:00,s,r,Pet,online big\n"
        + "m2,2017-10-20,l2,,0,,,,,\n";

    [Fact]
    public void Leads_of_the_education_company_are_mapped_without_what_was_known_only_afterwards()
    {
        var leads = Parse("xeducation", Files.Open(XEducation));
        Assert.Equal(["X Education/Google", "X Education/Unknown"], leads.Select(l => l.Channel));
        Assert.Equal(["Student 100", "Student 101"], leads.Select(l => l.Contact.Name));
        Assert.Equal([new SubmittedTouch(TouchKind.PageVisited, null, 6), new SubmittedTouch(TouchKind.Downloaded, null, 1)], leads[0].Touches.OrderBy(t => t.Kind));
        Assert.Equal(["Banking, Investment And Insurance"], leads[0].Products);
        Assert.Equal((null, "Mumbai"), (leads[0].Company.City, leads[1].Company.City));
        Assert.All(leads, l => Assert.Empty(l.Tags));
        Assert.Empty(leads[1].Touches);
        Assert.Equal("p-1", leads[0].ExternalId);
    }

    [Fact]
    public void Leads_of_the_marketplace_are_mapped_without_what_was_known_only_afterwards()
    {
        var leads = Parse("olist", Files.Open(Olist));
        Assert.Equal(["Olist/Social", "Olist/Unknown"], leads.Select(l => l.Channel));
        Assert.Equal(new DateTimeOffset(2018, 1, 31, 16, 0, 0, TimeSpan.Zero), leads[0].ReceivedAt);
        Assert.All(leads, l => Assert.Null(l.Company.Industry));
    }

    private static List<LeadSubmission> Parse(string name, Table table)
    {
        using var opened = table;
        var (mapping, errors) = ImportMapping.Read(File.ReadAllText(Path.Combine(Root, "samples", "mappings", $"{name}.json")));
        Assert.Empty(errors);
        Assert.Empty(mapping!.Absent(table.Headings));
        Assert.Empty(mapping.Unsupplied(table.Headings, RequiredFields.BuiltIn));
        var parser = new RowParser(mapping, table.Headings, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        return [.. table.Rows().Select(row => parser.Parse(row) is { Submission: { } lead } ? lead : throw new InvalidOperationException($"Row {row.Number} was refused."))];
    }

    private static string Root { get; } = Above(AppContext.BaseDirectory, "Granary.slnx");

    private static string Above(string folder, string file) => File.Exists(Path.Combine(folder, file)) ? folder : Above(Path.GetDirectoryName(folder)!, file);
}
