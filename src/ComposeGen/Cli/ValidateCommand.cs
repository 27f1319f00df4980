using ComposeGen.Diagnostics;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

internal static class ValidateCommand
{
    public static int Run(ValidateOptions options, Terminal terminal)
    {
        var bag = new DiagnosticBag();
        var (files, generated) = Pipeline.Run(options, bag);
        bag.AddAll(GenerateCommand.AsErrors(generated?.Plan.Ports.Repairs ?? []));
        bag.AddAll(ServiceRisks.Find(generated?.Plan.All ?? []));
        if (terminal.Report(bag, files) || generated is null)
        {
            return ExitCode.Of(bag);
        }

        if (terminal.HasDocument)
        {
            return ExitCode.Done;
        }

        var services = generated.Plan.Services.ToList();
        var selected = services.DistinctBy(service => service.Project.Path).Count();
        terminal.Out.WriteLine(
            $"no errors: {selected} of {GenerateCommand.Count(generated.Plan.Workspace.Projects.Length, "project")} selected, {GenerateCommand.Count(services.Count, "service")}"
        );
        return ExitCode.Done;
    }
}
